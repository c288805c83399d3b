using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Users.Imports;

/// <summary>用户-导入: a file is checked, then imported behind the page, which can be left and come back to.</summary>
public sealed partial class UserImportPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(500);

    private UserImport? last;
    private SignalFollower? live;
    private Fault? fault;
    private bool acting;

    [Inject] private UserImports Imports { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    protected override void OnInitialized() => live = SignalFollower.Start(
        Signals, Clock, Calm, signal => signal.Topic == UserImport.Topic && signal.Environment == Context.Environment.Id.Value, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Imports.LastAsync(Context.Actor, Context.Environment.Id, cancellationToken);
        if (found.Ok)
        {
            last = found.Value.Count == 0 ? null : found.Value[0];
        }

        return found.Ok ? Outcome.Done : found.Fault;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private Task StartAsync(ImportCheck check) => ActAsync(async () =>
    {
        var started = await Imports.StartAsync(Context.Actor, Context.Environment.Id, check);
        return started.Ok ? Outcome.Done : started.Fault;
    });

    private Task CancelAsync() => ActAsync(() => Imports.CancelAsync(Context.Actor, Context.Environment.Id, last!.Id));

    private async Task ActAsync(Func<Task<Outcome>> act)
    {
        if (acting)
        {
            return;
        }

        acting = true;
        fault = (await act()).Fault;
        acting = false;
        await ReloadAsync();
    }
}
