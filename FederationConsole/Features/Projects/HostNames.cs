using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Projects;

/// <summary>The faces that have a host in seed 000's table.</summary>
[Flags]
public enum NamedFaces
{
    None = 0,
    OAuth = 1,
    OpenApi = 2,
    Conf = 4,
}

/// <summary>Section <c>Hosts</c>: where a face is reached that has a name of its own. Empty: this host, by whichever name it is reached.</summary>
public sealed class HostsOptions
{
    public const string Section = "Hosts";

    public string? OAuth { get; set; }
    public string? OpenApi { get; set; }
    public string? Conf { get; set; }
}

internal sealed class HostsRules : IValidateOptions<HostsOptions>
{
    public ValidateOptionsResult Validate(string? name, HostsOptions options)
    {
        string[] wrong =
        [
            .. new[] { (nameof(HostsOptions.OAuth), options.OAuth), (nameof(HostsOptions.OpenApi), options.OpenApi), (nameof(HostsOptions.Conf), options.Conf) }
                .Where(setting => !string.IsNullOrEmpty(setting.Item2) && !Addresses.IsOrigin(HostNames.Trim(setting.Item2)))
                .Select(setting => $"{HostsOptions.Section}:{setting.Item1} is scheme, host and port in lower case, such as https://api.example.com."),
        ];
        return wrong.Length > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}

/// <summary>
/// Who answers under which name (faces.md; seed 000's table of hosts): the host's settings, and names that an environment has besides, which
/// its links are made with.
/// </summary>
public sealed class HostNames
{
    private readonly ProjectCatalog _projects;
    private readonly Uri? _oauth;
    private readonly Uri? _openApi;
    private readonly Uri? _conf;

    public HostNames(IOptions<HostsOptions> options, ProjectCatalog projects)
    {
        _projects = projects;
        (_oauth, _openApi, _conf) = (Parse(options.Value.OAuth), Parse(options.Value.OpenApi), Parse(options.Value.Conf));
        Named = Those(_oauth is not null, _openApi is not null, _conf is not null);
    }

    /// <summary>The faces that the host's settings give a name. None: every face answers under every name.</summary>
    public NamedFaces Named { get; }

    /// <summary>Where an environment's Conf pages are: its own name, or the host's. Null where neither has one: this host, however it is reached.</summary>
    public Uri? Conf(EnvironmentEntry environment) => Parse(environment.Hosts.Conf) ?? _conf;

    /// <summary>Whose name this is; none: it is the console's, and of the faces that have no name.</summary>
    public NamedFaces At(HostString host)
    {
        var at = Of(host, _oauth, _openApi, _conf);
        foreach (var environment in _projects.Environments)
        {
            var hosts = environment.Hosts;
            if (hosts.OAuth is not null || hosts.OpenApi is not null || hosts.Conf is not null)
            {
                at |= Of(host, Parse(hosts.OAuth), Parse(hosts.OpenApi), Parse(hosts.Conf));
            }
        }

        return at;
    }

    /// <summary>The name that the host's settings give to one of these; null where they have none.</summary>
    public Uri? Of(NamedFaces faces) =>
        faces.HasFlag(NamedFaces.OAuth) && _oauth is not null ? _oauth
        : faces.HasFlag(NamedFaces.OpenApi) && _openApi is not null ? _openApi
        : faces.HasFlag(NamedFaces.Conf) ? _conf
        : null;

    /// <summary>Seed 000's table ends some names with a slash.</summary>
    internal static string Trim(string setting) => setting.EndsWith('/') ? setting[..^1] : setting;

    private static NamedFaces Of(HostString host, Uri? oauth, Uri? openApi, Uri? conf) =>
        Those(Is(host, oauth), Is(host, openApi), Is(host, conf));

    private static NamedFaces Those(bool oauth, bool openApi, bool conf) =>
        (oauth ? NamedFaces.OAuth : NamedFaces.None) | (openApi ? NamedFaces.OpenApi : NamedFaces.None) | (conf ? NamedFaces.Conf : NamedFaces.None);

    /// <summary>Not by scheme: a proxy in front may have ended TLS.</summary>
    private static bool Is(HostString host, Uri? name) =>
        name is not null && string.Equals(host.Host, name.HostNameType == UriHostNameType.IPv6 ? name.Host : name.IdnHost, StringComparison.OrdinalIgnoreCase) &&
        (name.IsDefaultPort ? host.Port is null or 80 or 443 : host.Port == name.Port);

    private static Uri? Parse(string? address) => string.IsNullOrEmpty(address) ? null : new Uri(address);
}
