using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FederationConsole.Shell.Search;

/// <summary>
/// The search of the top bar: asks every <see cref="ISearchSource"/> at once, 200 ms after the last key. <c>/</c> leads here,
/// arrows choose, Enter goes, Escape closes. A source that breaks is logged and costs only its own hits.
/// </summary>
public sealed partial class SearchBox : IDisposable
{
    private const int ShortestText = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private IReadOnlyList<SearchHit> hits = [];
    private CancellationTokenSource? running;
    /// <summary>As it stands in the input; <see cref="text"/> is what is asked.</summary>
    private string typed = "";
    private string text = "";
    private int at = -1;
    private bool open;
    private bool busy;

    [Inject] private IEnumerable<ISearchSource> Sources { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private ILogger<SearchBox> Logger { get; set; } = default!;

    [Parameter, EditorRequired] public required ConsoleContext Context { get; set; }

    private async Task SearchAsync(string? value)
    {
        typed = value ?? "";
        text = typed.Trim();
        Stop();
        (hits, at, open) = ([], -1, text.Length >= ShortestText);
        if (!open)
        {
            return;
        }

        running = new CancellationTokenSource();
        var stop = running.Token;
        busy = true;
        try
        {
            await Task.Delay(Pause, Clock, stop);
            var found = await Task.WhenAll(Sources.Select(source => AskAsync(source, stop)));
            stop.ThrowIfCancellationRequested();
            hits = [.. found.SelectMany(f => f)];
            at = hits.Count > 0 ? 0 : -1;
            busy = false;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A later key asked again: its answer counts.
        }
    }

    private async Task<IReadOnlyList<SearchHit>> AskAsync(ISearchSource source, CancellationToken stop)
    {
        try
        {
            return await source.FindAsync(Context, text, stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Log.SearchFailed(Logger, source.GetType().Name, exception);
            return [];
        }
    }

    private Task KeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown" when hits.Count > 0:
                at = (at + 1) % hits.Count;
                break;
            case "ArrowUp" when hits.Count > 0:
                at = (at + hits.Count - 1) % hits.Count;
                break;
            case "Enter" when at >= 0:
                Go(hits[at]);
                break;
            case "Escape":
                open = false;
                break;
        }

        return Task.CompletedTask;
    }

    private void Go(SearchHit hit)
    {
        Stop();
        (open, typed, text, hits, at) = (false, "", "", [], -1);
        Navigate.NavigateTo(hit.Href);
    }

    private void Reopen() => open = text.Length >= ShortestText;

    private void CloseSoon() => open = false;

    private void Stop()
    {
        running?.Cancel();
        running?.Dispose();
        running = null;
        busy = false;
    }

    public void Dispose() => Stop();
}
