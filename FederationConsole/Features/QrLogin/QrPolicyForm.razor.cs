using System.Globalization;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.QrLogin;

/// <summary>Edits an app's policy; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class QrPolicyForm
{
    private QrPolicy? from;
    private bool numbers;
    private string refreshes = "";
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private QrSettings Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required AppId AppId { get; set; }

    [Parameter, EditorRequired] public required QrPolicy Policy { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    private int? Parsed => int.TryParse(refreshes.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && QrRules.AreRefreshes(number) ? number : null;

    private bool IsDirty => numbers != from!.NumberMatching || refreshes.Trim() != Text(from);

    /// <summary>Somebody else saved while this was being typed.</summary>
    private bool Overtaken => IsDirty && from!.Version < Policy.Version;

    protected override void OnParametersSet()
    {
        // What is still being read anew may show what was there before one's own save: only newer counts.
        if (from is null || (from.Version < Policy.Version && !IsDirty))
        {
            Fill();
        }
    }

    private void Type(Action change)
    {
        change();
        (fault, saved) = (null, false);
    }

    private void Fill() => (from, numbers, refreshes) = (Policy, Policy.NumberMatching, Text(Policy));

    private void TakeTheirs()
    {
        Fill();
        (fault, saved) = (null, false);
    }

    private Task SaveOverAsync()
    {
        from = Policy;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || !IsDirty || Parsed is not { } times)
        {
            return;
        }

        saving = true;
        var outcome = await Service.SetPolicyAsync(Context.Actor, Context.Environment.Id, AppId, numbers, times, from!.Version);
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            from = new() { AppId = AppId, NumberMatching = numbers, Refreshes = times, Version = from.Version + 1 };
        }

        // What somebody else saved is told by its own notice, once it is here.
        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }

    private static string Text(QrPolicy policy) => policy.Refreshes.ToString(CultureInfo.InvariantCulture);
}
