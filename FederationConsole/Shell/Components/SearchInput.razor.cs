using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>A list's own search. It writes <c>?q=</c> into the address 300 ms after the last key, and the list reads it from there.</summary>
public sealed partial class SearchInput : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private CancellationTokenSource? waiting;
    private string text = "";

    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>What stands in the address now.</summary>
    [Parameter, EditorRequired] public string? Value { get; set; }

    /// <summary>What can be searched for, as placeholder and name: 手机号、邮箱、open id.</summary>
    [Parameter, EditorRequired] public required string Placeholder { get; set; }

    protected override void OnParametersSet()
    {
        // The address has it without the blank that the next word is to follow.
        if (waiting is null && text.Trim() != (Value ?? ""))
        {
            text = Value ?? "";
        }
    }

    private async Task TypedAsync(string? typed)
    {
        text = typed ?? "";
        waiting?.Cancel();
        waiting?.Dispose();
        waiting = new CancellationTokenSource();
        var stop = waiting.Token;
        try
        {
            await Task.Delay(Pause, Clock, stop);
        }
        catch (OperationCanceledException)
        {
            return; // Another key came.
        }

        waiting.Dispose();
        waiting = null;
        var q = text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
        var changed = new Dictionary<string, object?>(StringComparer.Ordinal) { ["q"] = q, ["page"] = null };
        Navigate.NavigateTo(Navigate.GetUriWithQueryParameters(changed), replace: true);
    }

    public void Dispose()
    {
        waiting?.Cancel();
        waiting?.Dispose();
    }
}
