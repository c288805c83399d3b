using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// A part of a project file whose feature does not exist yet: checked, kept as it was written, given back by the export. README
/// says how the feature takes it over.
/// </summary>
public sealed class KeptSection
{
    public long Id { get; init; }
    public ProjectId ProjectId { get; init; }

    /// <summary>0 for what stands above environments: a null would not be equal to itself in the unique index.</summary>
    public EnvironmentId EnvironmentId { get; init; }

    /// <summary>0 for what is no app's.</summary>
    public AppId AppId { get; init; }

    /// <summary>Its key in the file, such as <c>sms</c>.</summary>
    public required string Section { get; init; }

    /// <summary>Its value as JSON, encrypted because it may hold secrets.</summary>
    public SealedText Json { get; set; }

    public int Version { get; set; }
}

internal sealed class KeptSectionMapping : IEntityTypeConfiguration<KeptSection>
{
    public void Configure(EntityTypeBuilder<KeptSection> builder)
    {
        builder.ToTable("KeptSections").IsAudited();
        builder.Property(s => s.Section).HasMaxLength(32);
        builder.Property(s => s.Json).IsSecret();
        builder.Property(s => s.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(s => new { s.ProjectId, s.EnvironmentId, s.AppId, s.Section }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(s => s.ProjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Where in a project of a file a kept section stands.</summary>
/// <param name="Section">Its key.</param>
/// <param name="Environment">Null above environments.</param>
/// <param name="App">The app's code; null for what is no app's.</param>
internal readonly record struct KeptPlace(string Section, EnvironmentKind? Environment = null, string? App = null);

/// <summary>Which sections are kept, and where they stand in the tree of a project.</summary>
internal static class KeptSections
{
    private static readonly string[] OfProject = ["description"];

    /// <summary>None any more; where they stood says how a section of an environment or an app is kept and taken over.</summary>
    private static readonly string[] OfEnvironment = [], OfApp = [];

    /// <summary>All of them: a row of another name is one whose feature exists now (<see cref="KeptTakeOver"/>).</summary>
    public static readonly IReadOnlyList<string> Names = [.. OfProject, .. OfEnvironment, .. OfApp];

    public static readonly IReadOnlyDictionary<string, EnvironmentKind> Environments = new Dictionary<string, EnvironmentKind>
    {
        ["development"] = EnvironmentKind.Development,
        ["production"] = EnvironmentKind.Production,
    };

    /// <summary>The sections that a project has; one that is null is one that it has not.</summary>
    public static Dictionary<KeptPlace, JsonNode> In(JsonObject project)
    {
        (KeptPlace Place, JsonNode? Json)[] all =
        [
            .. OfProject.Select(section => (new KeptPlace(section), project[section])),
            .. Environments.SelectMany(e => OfEnvironment.Select(section => (new KeptPlace(section, e.Value), project["environments"]?[e.Key]?[section]))),
            .. Apps(project).SelectMany(app => Environments.SelectMany(e => OfApp.Select(section => (new KeptPlace(section, e.Value, (string)app["code"]!), app[section]?[e.Key])))),
        ];
        return all.Where(s => s.Json is not null).ToDictionary(s => s.Place, s => s.Json!);
    }

    /// <summary>Puts a section at its place in a project that has both environments.</summary>
    public static void Put(JsonObject project, KeptPlace place, JsonNode json)
    {
        var environment = Environments.FirstOrDefault(e => e.Value == place.Environment).Key;
        if (place.App is { } code)
        {
            var app = Apps(project).First(a => (string)a["code"]! == code).AsObject();
            app[place.Section] ??= new JsonObject();
            app[place.Section]![environment] = json;
        }
        else
        {
            var holder = environment is null ? project : project["environments"]![environment]!;
            holder[place.Section] = json;
        }
    }

    private static IEnumerable<JsonNode> Apps(JsonObject project) => (project["apps"] as JsonArray ?? []).OfType<JsonObject>();
}
