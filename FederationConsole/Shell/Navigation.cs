namespace FederationConsole.Shell;

/// <summary>One line of the navigation.</summary>
/// <param name="Text">Key of its name in ShellTexts.</param>
/// <param name="Page">The first segment of its address after project and environment.</param>
/// <param name="Icon">A name of <see cref="Components.Icons"/>.</param>
public sealed record NavigationEntry(string Text, string Page, string Icon);

/// <param name="Text">Key of the heading; null for entries that stand alone.</param>
public sealed record NavigationGroup(string? Text, params NavigationEntry[] Entries);

/// <summary>The whole navigation, in the words of the seeds. A page that is not here cannot be found: add its line.</summary>
public static class Navigation
{
    public static readonly IReadOnlyList<NavigationGroup> Groups =
    [
        new(null, new NavigationEntry("Nav.Overview", "overview", "overview")),
        new("Nav.AppCenter",
            new NavigationEntry("Nav.Apps", "apps", "app"),
            new NavigationEntry("Nav.Service", "service", "check"),
            new NavigationEntry("Nav.Attributes", "attributes", "attribute"),
            new NavigationEntry("Nav.Policies", "policies", "lock"),
            new NavigationEntry("Nav.Promotion", "promotion", "transfer"),
            new NavigationEntry("Nav.Sources", "sources", "link"),
            new NavigationEntry("Nav.VendorAccounts", "vendor-accounts", "key"),
            new NavigationEntry("Nav.QrLogin", "qr-login", "qr"),
            new NavigationEntry("Nav.JointLogin", "joint-login", "leave")),
        new("Nav.UserCenter",
            new NavigationEntry("Nav.Users", "users", "users"),
            new NavigationEntry("Nav.Merges", "merges", "merge"),
            new NavigationEntry("Nav.Traces", "traces", "trace")),
        new(null, new NavigationEntry("Nav.Meetings", "meetings", "meeting")),
        new("Nav.Messaging",
            new NavigationEntry("Nav.Messages", "messages", "message"),
            new NavigationEntry("Nav.Events", "events", "event")),
        new("Nav.Host",
            new NavigationEntry("Nav.Workbench", "workbench", "compass"),
            new NavigationEntry("Nav.Audit", "audit", "audit"),
            new NavigationEntry("Nav.Settings", "settings", "settings"),
            new NavigationEntry("Nav.Transfer", "transfer", "transfer")),
    ];

    public const string Home = "overview";
}
