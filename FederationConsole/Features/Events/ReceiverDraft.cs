namespace FederationConsole.Features.Events;

/// <summary>A receiver's form while it is typed.</summary>
public sealed class ReceiverDraft
{
    /// <summary>What stands to be chosen: all of a kind, then each type.</summary>
    private static readonly IReadOnlyList<string> Known = ["user.*", "session.*", .. EventTypes.All.Select(t => t.Name).Where(t => t != EventTypes.Test)];

    private readonly ReceiverDetails? _from;
    private readonly HashSet<string> _chosen;

    public ReceiverDraft(ReceiverDetails? from)
    {
        _from = from;
        (Url, _chosen) = (from?.Url ?? "", [.. from?.Events ?? []]);
        // A project file may name what this build does not know.
        Options = [.. Known, .. _chosen.Except(Known)];
    }

    public string Url { get; set; }

    public IReadOnlyList<string> Options { get; }

    /// <summary>In the order of the options; none: everything.</summary>
    public IReadOnlyList<string> Events => [.. Options.Where(_chosen.Contains)];

    public int Version => _from?.Version ?? 0;

    public bool IsDirty => Url != (_from?.Url ?? "") || !_chosen.SetEquals(_from?.Events ?? []);

    public bool Has(string pattern) => _chosen.Contains(pattern);

    public void Toggle(string pattern)
    {
        if (!_chosen.Remove(pattern))
        {
            _chosen.Add(pattern);
        }
    }
}
