using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace FederationConsole.Features.Meetings;

/// <summary>会议-邀约码. A meeting may have a hundred thousand: search, filter and pages are the database's.</summary>
public sealed partial class CodesPage
{
    private CodePage codes = new([], 0);

    [Inject] private InvitationCodes Codes { get; set; } = default!;

    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Used { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public string? Number { get; set; }

    /// <summary>The code whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "code")] public string? Opened { get; set; }

    /// <summary><c>new</c>, <c>many</c>: the card that makes one or more is open.</summary>
    [SupplyParameterFromQuery(Name = "make")] public string? Making { get; set; }

    private CodeQuery Query => ReadQuery(Q, Used) with { Page = MeetingsPage.PageOf(Number) };

    /// <summary>Who may only read has the codes masked, and no card by them.</summary>
    private bool MayOpen => Context.May(Role.Operator);

    private InvitationCode? Row => codes.Rows.FirstOrDefault(c => c.Code == Opened);

    private string ExportHref => QueryHelpers.AddQueryString(MeetingTabs.Address(Context, Key, "codes.csv"), new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["q"] = Q, ["used"] = Used,
    }.Where(part => !string.IsNullOrEmpty(part.Value)));

    protected override object LoadKey => (Context.Environment, Key, Query);

    /// <summary>The filters as they stand in the address of the page and of its download.</summary>
    internal static CodeQuery ReadQuery(string? q, string? used) => new(q, used switch { "yes" => true, "no" => false, _ => null });

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var outcome = await base.LoadAsync(cancellationToken);
        if (!outcome.Ok || Details is null)
        {
            return outcome;
        }

        var found = await Codes.ListAsync(Context.Actor, Context.Environment.Id, Key, Query, cancellationToken);
        codes = found.Value ?? codes;
        return found.Ok ? Outcome.Done : found.Fault;
    }

    private string Card(string? code) => Navigate.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code, ["make"] = null });

    private string Make(string what) => Navigate.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = null, ["make"] = what });

    private async Task<Outcome> SaveAsync(CodeForm draft, int version)
    {
        var read = draft.Read();
        return !read.Ok ? read.Fault
            : Making is not null ? await Codes.AddAsync(Context.Actor, Context.Environment.Id, Key, read.Value)
            : await Codes.SaveAsync(Context.Actor, Context.Environment.Id, Key, read.Value, version);
    }

    private Task<Outcome> DeleteAsync(InvitationCode code) => Codes.DeleteAsync(Context.Actor, Context.Environment.Id, Key, code.Code);
}
