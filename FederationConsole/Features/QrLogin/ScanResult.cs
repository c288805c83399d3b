namespace FederationConsole.Features.QrLogin;

/// <summary>What the phone shows before it is confirmed.</summary>
/// <param name="At">When the code was asked for.</param>
/// <param name="Numbers">One is on the page's screen; empty where numbers are not matched.</param>
/// <param name="UserName">Who would be signed in, masked.</param>
public sealed record TicketView(string UserName, string AppName, string Browser, string System, string Place, string? Address, DateTimeOffset At, IReadOnlyList<int> Numbers);

public enum ScanRefusal
{
    /// <summary>Never issued, or of another environment.</summary>
    Unknown,
    Expired,
    Cancelled,
    /// <summary>Confirmed already.</summary>
    Used,
    /// <summary>Another user scanned it first.</summary>
    OfAnother,
    /// <summary>The access token came by a scan itself: it is the app's, not the phone's.</summary>
    NoRight,
}

/// <summary>What became of a phone's call. No fault: a wrong number must be committed.</summary>
public abstract record ScanResult
{
    private ScanResult()
    {
    }

    /// <summary>The person owns the ticket and may decide.</summary>
    public sealed record Open(TicketView View) : ScanResult;

    public sealed record Confirmed : ScanResult;

    public sealed record Cancelled : ScanResult;

    /// <summary>A number must be picked, and none was.</summary>
    public sealed record NumberMissing : ScanResult;

    /// <summary>The wrong one was picked: the ticket is over.</summary>
    public sealed record NumberWrong : ScanResult;

    /// <param name="ByYourself">Whether the one who asks had decided it.</param>
    public sealed record Refused(ScanRefusal Why, bool ByYourself = false) : ScanResult;
}
