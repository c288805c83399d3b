using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Events;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>Projects as they are, in the form of a project file.</summary>
internal sealed class ProjectFileState
{
    private readonly Dictionary<string, IReadOnlyList<AppSecret>> secretsByPath = new(StringComparer.Ordinal);
    private readonly ProjectRows rows;
    private readonly SecretBox box;

    /// <param name="rows">What was read.</param>
    /// <param name="box">Opens what is sealed: never inside a write.</param>
    public ProjectFileState(ProjectRows rows, SecretBox box)
    {
        (this.rows, this.box) = (rows, box);
        Tree = new(new JsonObject { ["projects"] = new JsonArray([.. rows.Projects.Select(Project)]) });
    }

    /// <summary>Tells the secrets that can be opened; app secrets are null, since only their hashes are kept.</summary>
    public ProjectFileTree Tree { get; }

    /// <summary>Whether a secret is an active one of the app whose path this is.</summary>
    public bool Holds(string path, Secret secret) =>
        secretsByPath.TryGetValue(path, out var active) && active.Any(s => Tokens.Matches(secret.Reveal(), s.Hash));

    public static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, StrictJsonReader.Options);

    private JsonObject Project(Project project)
    {
        var node = new JsonObject
        {
            ["code"] = project.Code,
            ["name"] = project.Name,
            ["environments"] = new JsonObject(
                KeptSections.Environments.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)Environment(rows.Environment(project.Id, e.Value)!)))),
            ["apps"] = new JsonArray([.. rows.Apps.Where(a => a.ProjectId == project.Id).Select(a => App(project, a))]),
        };
        if (rows.Tenant(project.Id) is { } tenant)
        {
            node["tenant"] = Json(new TenantEntry
            {
                CustomerId = tenant.CustomerId, CustomerName = tenant.CustomerName, AddressType = tenant.AddressType, ErpVersions = tenant.ErpVersions,
            });
        }

        foreach (var kept in rows.Kept.Where(k => k.ProjectId == project.Id))
        {
            KeptSections.Put(node, Place(kept), JsonNode.Parse(box.Open(kept.Json))!);
        }

        return node;
    }

    private JsonObject Environment(ProjectEnvironment environment)
    {
        var node = Plain(environment);
        foreach (var message in rows.Messages.Where(m => m.EnvironmentId == environment.Id))
        {
            node[MessageParts.Section(message.Channel)] = MessageParts.Json(message.Provider, message.Settings, box.OpenAll(message.Secrets));
        }

        node["meetings"] = Json(rows.Meetings.Of(environment.Id));
        return node;
    }

    private JsonObject Plain(ProjectEnvironment environment) => new()
    {
        ["corpId"] = environment.CorpId,
        ["hosts"] = Json(new HostsEntry(environment.Hosts.OAuth, environment.Hosts.OpenApi, environment.Hosts.Conf)),
        ["policies"] = Json(environment.Policies),
        ["returnUrls"] = Json(environment.ReturnUrls),
        ["sources"] = new JsonArray([.. rows.Sources.Where(s => s.EnvironmentId == environment.Id).Select(Source)]),
        ["attributes"] = new JsonArray([.. rows.Schemas.Where(s => s.EnvironmentId == environment.Id).SelectMany(s => s.Attributes).Select(Attribute)]),
        ["webhooks"] = new JsonArray([.. rows.Receivers.Where(r => r.EnvironmentId == environment.Id).Select(Receiver)]),
    };

    private static JsonObject Attribute(AttributeDefinition attribute)
    {
        if (!attribute.Library)
        {
            return AttributeRules.Json(attribute);
        }

        var node = new JsonObject { ["library"] = attribute.Id };
        if (attribute.Description is not null)
        {
            node["description"] = attribute.Description;
        }

        return node;
    }

    private JsonObject Receiver(EventReceiver receiver)
    {
        var node = new JsonObject { ["url"] = receiver.Url, ["secret"] = box.Open(receiver.Secret), ["enabled"] = receiver.Enabled };
        if (receiver.Events.Count > 0)
        {
            node["events"] = Json(receiver.Events);
        }

        return node;
    }

    private JsonObject Source(SourceSetting source)
    {
        var node = new JsonObject { ["source"] = (int)source.Source, ["enabled"] = source.Enabled };
        if (source.PluginId.Length > 0)
        {
            node["pluginId"] = source.PluginId;
        }

        foreach (var (name, value) in source.Settings.Concat(box.OpenAll(source.Secrets)))
        {
            node[name] = value;
        }

        return node;
    }

    private JsonObject App(Project project, App app)
    {
        var node = PlainApp(project, app);
        if (Vendor(project, app) is { } vendor)
        {
            node[VendorParts.Section] = vendor;
        }

        var codes = KeptSections.Environments
            .Select(e => (e.Key, Policy: rows.QrPolicy(app.Id, rows.Environment(project.Id, e.Value)?.Id)))
            .Where(c => c.Policy is not null)
            .Select(c => KeyValuePair.Create(c.Key, Json(new QrLoginEntry { NumberMatching = c.Policy!.NumberMatching, Refreshes = c.Policy.Refreshes })))
            .ToList();
        if (codes.Count > 0)
        {
            node["qrLogin"] = new JsonObject(codes);
        }

        return node;
    }

    private JsonObject PlainApp(Project project, App app) => new()
    {
        ["code"] = app.Code,
        ["name"] = app.Name,
        ["serviceEnabled"] = app.ServiceEnabledAt is not null,
        ["credentials"] = new JsonObject(KeptSections.Environments
            .Select(e => (e.Key, Credential: rows.Credential(app.Id, rows.Environment(project.Id, e.Value)?.Id)))
            .Where(c => c.Credential is not null)
            .Select(c => KeyValuePair.Create(c.Key, (JsonNode?)Credential(ImportPaths.AppSecret(project.Code, app.Code, c.Key), c.Credential!)))),
    };

    private JsonObject? Vendor(Project project, App app)
    {
        var set = KeptSections.Environments
            .Select(e => (e.Key, Vendor: rows.Vendor(app.Id, rows.Environment(project.Id, e.Value)?.Id)))
            .Where(v => v.Vendor is not null)
            .Select(v => KeyValuePair.Create(v.Key, (JsonNode?)VendorParts.Json(v.Vendor!, box.Open(v.Vendor!.ClientSecret))))
            .ToList();
        return set.Count == 0 ? null : new(set);
    }

    private JsonObject Credential(string secretPath, AppCredential credential)
    {
        var node = new JsonObject
        {
            ["appKey"] = credential.AppKey,
            ["redirectUris"] = Json(credential.RedirectUris),
            ["origins"] = Json(credential.Origins),
        };
        if (rows.Secrets[credential.Id].ToArray() is { Length: > 0 } active)
        {
            node["appSecret"] = null;
            secretsByPath[secretPath] = active;
        }

        return node;
    }

    private KeptPlace Place(KeptSection kept) => new(
        kept.Section,
        rows.Environments.FirstOrDefault(e => e.Id == kept.EnvironmentId)?.Kind,
        rows.Apps.FirstOrDefault(a => a.Id == kept.AppId)?.Code);
}

/// <summary>Places by what things are called, as <see cref="ProjectFileDifference"/> writes them.</summary>
internal static class ImportPaths
{
    public static string Project(string project) => $"$.projects[{project}]";

    public static string Environment(string project, string environment, string key) => $"{Project(project)}.environments.{environment}.{key}";

    public static string App(string project, string app, string key) => $"{Project(project)}.apps[{app}].{key}";

    public static string AppKey(string project, string app, string environment) => App(project, app, $"credentials.{environment}.appKey");

    public static string AppSecret(string project, string app, string environment) => App(project, app, $"credentials.{environment}.appSecret");
}
