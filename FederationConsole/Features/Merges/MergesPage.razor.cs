using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Merges;

/// <summary>账号合并: pairs that are one person, side by side; what was merged, and its undo.</summary>
public sealed partial class MergesPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private PairPage shown = new([], 0, []);
    private SignalFollower? live;
    private Asked? asked;
    private Fault? refused;
    private string? said;
    private bool acting;

    /// <summary>What the dialog asks about.</summary>
    private abstract record Asked
    {
        private Asked()
        {
        }

        public sealed record Merge(MergePreview Preview, PairSide Stays, PairSide Goes) : Asked;

        public sealed record Undo(MergeRow Row) : Asked;
    }

    [Inject] private PairReader Pairs { get; set; } = default!;
    [Inject] private MergeService Merges { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? Page { get; set; }

    private int Number => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 100_000) : 1;

    private bool MayAct => Context.May(Role.Operator);

    protected override object LoadKey => (Context.Environment, Number);

    protected override void OnInitialized() =>
        live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Pairs.ListAsync(Context.Actor, Context.Environment.Id, Number, cancellationToken);
        if (!found.Ok)
        {
            return found.Fault;
        }

        cancellationToken.ThrowIfCancellationRequested();
        shown = found.Value;
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private static string NameOf(UserId id, string? nickname) => nickname ?? id.ToString();

    private bool Matters(Signal signal) => signal.Topic == UserPair.Topic && signal.Environment == Context.Environment.Id.Value;

    private void Close() => (asked, refused) = (null, null);

    private async Task AskAsync(PairRow pair, UserId stays)
    {
        if (acting)
        {
            return;
        }

        var (kept, gone) = pair.First.Id == stays ? (pair.First, pair.Second) : (pair.Second, pair.First);
        acting = true;
        var preview = await Merges.PreviewAsync(Context.Actor, Context.Environment.Id, kept.Id, gone.Id);
        (acting, refused) = (false, preview.Fault);
        asked = preview.Ok ? new Asked.Merge(preview.Value, kept, gone) : null;
    }

    private Task MergeAsync() => asked is Asked.Merge { Preview: var preview }
        ? ActAsync(() => Merges.MergeAsync(Context.Actor, Context.Environment.Id, preview.Stays, preview.Goes, preview.Stamp), T["Said.Merged"])
        : Task.CompletedTask;

    private Task UndoAsync() => asked is Asked.Undo { Row: var row }
        ? ActAsync(() => Merges.UndoAsync(Context.Actor, Context.Environment.Id, row.Id), T["Said.Undone"])
        : Task.CompletedTask;

    /// <summary>Does it once, says how it went, and shows what is now.</summary>
    private async Task ActAsync(Func<Task<Outcome>> act, string done)
    {
        if (acting)
        {
            return;
        }

        acting = true;
        var outcome = await act();
        (acting, refused) = (false, outcome.Fault);
        if (outcome.Ok)
        {
            (asked, said) = (null, done);
            await ReloadAsync();
        }
    }
}
