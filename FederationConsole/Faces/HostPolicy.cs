using FederationConsole.Features.Projects;
using Microsoft.AspNetCore.Routing.Matching;

namespace FederationConsole.Faces;

/// <summary>
/// faces.md, <c>Hosts:*</c>: a face that has a name answers under it alone, and nothing else does: elsewhere its routes are as if there were
/// none. Not asked at all where no face has a name.
/// </summary>
internal sealed class HostPolicy(HostNames names) : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>Answered under every name: what tells a proxy that we live, what the light pages load, and how a face is called.</summary>
    private static readonly PathString[] Everywhere = ["/healthz", "/readyz", "/css", "/js", "/favicon.svg", "/openapi", "/openapi.postman_collection.json"];

    /// <summary>Whose a path is; the first that fits counts. What is not here is the console's, or of a face without a name.</summary>
    private static readonly (PathString Path, NamedFaces Faces)[] Owners =
    [
        ("/connect", NamedFaces.OAuth),
        // What the Conf pages and /js/session.js call: of their own origin, and of the face's.
        ("/op/security/autologin", NamedFaces.OpenApi | NamedFaces.Conf),
        ("/op/security/session", NamedFaces.OpenApi | NamedFaces.Conf),
        ("/op/security/refresh", NamedFaces.OpenApi | NamedFaces.Conf),
        ("/op/security/signout", NamedFaces.OpenApi | NamedFaces.Conf),
        ("/op", NamedFaces.OpenApi),
        ("/home", NamedFaces.Conf),
        // The phone's page of seed 004; the other short addresses are the meetings'.
        ("/m/scan", NamedFaces.None),
        ("/m", NamedFaces.Conf),
    ];

    /// <summary>After verbs were matched: what is left out here is not answered with 405 either.</summary>
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => names.Named != NamedFaces.None;

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        if (!IsHere(httpContext.Request))
        {
            for (var i = 0; i < candidates.Count; i++)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>None: the console's, or of a face that never has a name.</summary>
    public static NamedFaces OwnersOf(PathString path) => Array.Find(Owners, owner => path.StartsWithSegments(owner.Path, StringComparison.OrdinalIgnoreCase)).Faces;

    private bool IsHere(HttpRequest request)
    {
        var path = request.Path;
        if (Array.Exists(Everywhere, p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var owners = OwnersOf(path);
        return names.At(request.Host) is not NamedFaces.None and var at ? (owners & at) != NamedFaces.None
            : owners == NamedFaces.None || (owners & ~names.Named) != NamedFaces.None;
    }
}

public static class HostRouting
{
    public static void AddFaceHosts(this IServiceCollection services) => services.AddSingleton<MatcherPolicy, HostPolicy>();
}
