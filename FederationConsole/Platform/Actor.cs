namespace FederationConsole.Platform;

/// <summary>What an administrator may do, each role including the ones before it.</summary>
public enum Role
{
    /// <summary>只读: sees.</summary>
    ReadOnly = 1,
    /// <summary>运营: works with users and sessions.</summary>
    Operator = 2,
    /// <summary>管理员: sets up apps, sources and attributes.</summary>
    Manager = 3,
    /// <summary>所有者: administrators, secrets, import, irreversible things.</summary>
    Owner = 4,
}

/// <summary>A role for one project, or for all and the host itself when <see cref="ProjectId"/> is null.</summary>
public sealed record Grant(long? ProjectId, Role Role);

public enum ActorKind
{
    /// <summary>The host itself: import at start, retention, command line.</summary>
    Host,
    Administrator,
    /// <summary>A client app, through a face.</summary>
    App,
    /// <summary>An end user, through a face or a light page.</summary>
    User,
}

/// <summary>Who acts, from where, under which request: what an audit line says of the doer.</summary>
/// <param name="Id">The administrator's, app's or user's id; empty for the host.</param>
/// <param name="Name">For people; never a phone number or an e-mail of an end user.</param>
/// <param name="Address">The caller's IP address.</param>
/// <param name="RequestId">Finds the same call in the log.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name, string? Address, string? RequestId)
{
    /// <summary>The host acting by itself: it may do everything.</summary>
    public static readonly Actor Host = new(ActorKind.Host, "", "host", null, null);

    /// <summary>An administrator's roles; empty for every other kind.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>Whether this actor holds at least <paramref name="role"/> for the project, or for the host when it is null.</summary>
    public bool May(Role role, long? projectId) =>
        Kind == ActorKind.Host ||
        Grants.Any(g => g.Role >= role && (g.ProjectId is null || g.ProjectId == projectId));

    /// <summary>The check that stands first in every service method that the console calls.</summary>
    public Outcome Require(Role role, long? projectId) => May(role, projectId) ? Outcome.Done : FaultKind.Forbidden;
}
