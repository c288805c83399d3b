namespace FederationConsole.Shell.Components;

/// <summary>The console's icons: outlines on a grid of 24, drawn by path; own work.</summary>
public static class Icons
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["app"] = "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM16.5 13v7M13 16.5h7",
        ["attribute"] = "M3 5h18v14H3zM8.5 8.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM5.5 16a3 3 0 0 1 6 0M14.5 10h3.5M14.5 14h3.5",
        ["audit"] = "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7",
        ["check"] = "M5 12.5 10 17.5 19.5 7",
        ["chevron"] = "M7 10l5 5 5-5",
        ["close"] = "M6 6l12 12M18 6 6 18",
        ["columns"] = "M4 5h16v14H4zM9.5 5v14M14.5 5v14",
        ["compass"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.5 8.5l-2 5-5 2 2-5z",
        ["copy"] = "M9 9h11v11H9zM5 15H4V4h11v1",
        ["document"] = "M6 3h9l4 4v14H6zM14 3v5h5",
        ["event"] = "M13 3 5 14h6l-1 7 9-12h-6.5z",
        ["fold"] = "M11 7l-5 5 5 5M18 7l-5 5 5 5",
        ["folder"] = "M3 6h7l2 3h9v11H3z",
        ["help"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.7v.1",
        ["info"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 7.8v.1",
        ["key"] = "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8-8M16 7l3 3M13.5 9.5l2 2",
        ["leave"] = "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
        ["link"] = "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3",
        ["lock"] = "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3",
        ["menu"] = "M4 6h16M4 12h16M4 18h16",
        ["meeting"] = "M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8M8 14h3M13 14h3M8 17h3",
        ["merge"] = "M6 4v4c0 3 2 4.5 6 5v7M18 4v4c0 3-2 4.5-6 5M9 17.5l3 3 3-3",
        ["message"] = "M4 5h16v12H10l-4 3.5V17H4zM8 9.5h8M8 12.5h5",
        ["more"] = "M5 12v.1M12 12v.1M19 12v.1",
        ["offline"] = "M3 4l18 17M5 12.5a10 10 0 0 1 4-2.4M2 9a14 14 0 0 1 4-2.7M10.5 5a14 14 0 0 1 11.5 4M15 10.5a10 10 0 0 1 4 2M9 16a5 5 0 0 1 6 0M12 19.5v.1",
        ["overview"] = "M4 20V10M10 20V4M16 20v-8M21 20H3",
        ["plus"] = "M12 5v14M5 12h14",
        ["qr"] = "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2.5M14 20h2.5M20 20v-.1",
        ["search"] = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
        ["settings"] = "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
        ["theme"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7l5-2M12 11.5h8.9M12 16l6.5 2",
        ["trace"] = "M6 4v16M6 7h7M6 12h12M6 17h9",
        ["transfer"] = "M7 4v15M3.5 15.5 7 19l3.5-3.5M17 20V5M13.5 8.5 17 5l3.5 3.5",
        ["up"] = "M7 14l5-5 5 5",
        ["user"] = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20a7.5 7.5 0 0 1 15 0",
        ["users"] = "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 14a6.5 6.5 0 0 1 3.5 5.5",
        ["warning"] = "M12 4 2.5 20h19zM12 10v4.5M12 17.2v.1",
    };

    /// <summary>Throws for a name that does not exist: a page with a wrong icon is a bug that its first test finds.</summary>
    public static string Path(string name) => Paths[name];
}
