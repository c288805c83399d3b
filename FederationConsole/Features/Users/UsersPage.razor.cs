using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Users;

/// <summary>用户: the users of this environment, newest first. Search, filters, the page and the open card live in the address.</summary>
public sealed partial class UsersPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private UserPage users = new([], 0);
    private SignalFollower? live;

    [Inject] private UserService Users { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private IHostEnvironment Host { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Status { get; set; }
    [SupplyParameterFromQuery] public string? Origin { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public string? Number { get; set; }

    /// <summary>Whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "user")] public string? Opened { get; set; }

    /// <summary>Anything: the form of a new user is open.</summary>
    [SupplyParameterFromQuery] public string? New { get; set; }

    /// <summary>The sandbox issues identities, and stands only in a host that runs in Development.</summary>
    private bool HasSandbox => Host.IsDevelopment() && !Context.Environment.IsProduction;

    private UserId? Card => Parse(Opened) is { } id ? UserId.Of(id) : null;

    private UserQuery Query => ReadQuery(Q, Status, Origin) with { Page = (int)Math.Clamp(Parse(Number) ?? 1, 1, UserService.CountLimit) };

    private bool IsNarrowed => Query != new UserQuery();

    private IReadOnlyList<(string Value, string Text)> StatusOptions => [("active", T["Users.Status.Active"]), ("disabled", T["Users.Status.Disabled"])];

    /// <summary>The filters as they stand in the address of the page and of its download. What cannot be read filters nothing.</summary>
    internal static UserQuery ReadQuery(string? q, string? status, string? origin) => new(
        q,
        Enum.TryParse<UserStatus>(status, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
        Parse(origin) is { } source && SourceNames.All.Contains((int)source) ? (int)source : null);

    // Not of the card: opening one leaves the list as it is.
    protected override object LoadKey => (Context.Environment, Query);

    protected override void OnInitialized() =>
        live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Users.ListAsync(Context.Actor, Context.Environment.Id, Query, cancellationToken);
        if (found.Ok)
        {
            users = found.Value;
        }

        return found.Ok ? Outcome.Done : found.Fault;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>New users stand on the first page; what an administrator reads further back does not shift below the eyes.</summary>
    private bool Matters(Signal signal) =>
        signal.Topic is UserDirectory.Topic or UserDirectory.CreatedTopic && signal.Environment == Context.Environment.Id.Value && Query.Page == 1;

    private void ChooseOrigin(ChangeEventArgs e) => Navigate.NavigateTo(Navigate.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["origin"] = e.Value is string { Length: > 0 } origin ? origin : null, ["page"] = null }));

    private string CardHref(UserId? user) => Navigate.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["user"] = user?.Value, ["new"] = null });

    private string NewHref(string? what) => Navigate.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["new"] = what, ["user"] = null });

    /// <summary>What the filters find, as the list shows it.</summary>
    private string ExportHref => QueryHelpers.AddQueryString(Context.Link("users.csv"), new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["q"] = Q, ["status"] = Status, ["origin"] = Origin,
    }.Where(part => !string.IsNullOrEmpty(part.Value)));

    private static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
