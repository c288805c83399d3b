using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.JointLogin;

/// <summary>Edits the return addresses. Whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class ReturnAddressesForm
{
    private List<AddressRow> rows = [];
    private ReturnList? from;
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private ReturnAddresses Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required ReturnList List { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    private IReadOnlyList<string> Typed => [.. rows.Select(r => r.Text.Trim()).Where(text => text.Length > 0)];

    private bool IsDirty => from is not null && !Typed.SequenceEqual(from.Urls, StringComparer.Ordinal);

    /// <summary>Somebody else saved while this was being typed.</summary>
    private bool Overtaken => IsDirty && from!.Version < List.Version;

    protected override void OnParametersSet()
    {
        // A page that is still being read anew may show what was there before one's own save: only newer counts.
        if (from is null || (from.Version < List.Version && !IsDirty))
        {
            Fill(List);
        }
    }

    private void Fill(ReturnList list) => (from, rows) = (list, [.. list.Urls.Select(url => new AddressRow(url))]);

    private void TakeTheirs()
    {
        Fill(List);
        (fault, saved) = (null, false);
    }

    private Task SaveOverAsync()
    {
        from = List;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || !IsDirty)
        {
            return;
        }

        saving = true;
        var (urls, version) = (Typed, from!.Version);
        var outcome = await Service.SetAsync(Context.Actor, Context.Environment.Id, urls, version);
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            Fill(new(urls, version + 1));
        }

        // What somebody else saved is told by its own notice, once it is here.
        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }
}
