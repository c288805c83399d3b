using System.Globalization;
using FederationConsole.Platform;

namespace FederationConsole.Features.Administrators.Settings;

/// <summary>A <see cref="Grant"/> as a form edits it.</summary>
public sealed class GrantLine
{
    /// <summary>The project's id; empty for all projects and the host.</summary>
    public string Project { get; set; } = "";

    public Role Role { get; set; } = Role.ReadOnly;

    public static List<GrantLine> Of(IEnumerable<Grant> grants) =>
        [.. grants.OrderBy(g => g.ProjectId).Select(g => new GrantLine { Project = g.ProjectId?.ToString(CultureInfo.InvariantCulture) ?? "", Role = g.Role })];

    public static IReadOnlyList<Grant> Read(IEnumerable<GrantLine> lines) =>
        [.. lines.Select(l => new Grant(l.Project.Length == 0 ? null : long.Parse(l.Project, CultureInfo.InvariantCulture), l.Role))];
}
