using FederationConsole.Platform;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FederationConsole.Faces.Documents;

/// <summary>An endpoint that runs, with what is said of it.</summary>
internal sealed class DocumentedEndpoint
{
    public const string UserTokenHeader = "Access-Token";

    private readonly RoutePattern _pattern;

    private DocumentedEndpoint(RoutePattern pattern, string method, DocumentedRow row)
    {
        (_pattern, Method, Row) = (pattern, method, row);
        Path = "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Part))));
        Parameters =
        [
            .. pattern.Parameters.Where(parameter => !row.Documentation.Parameters.Any(said => said.Name == parameter.Name)).Select(parameter => Parameter.Path(parameter.Name, parameter.Name)),
            .. row.Documentation.Parameters,
        ];
    }

    public DocumentedRow Row { get; }

    public string Method { get; }

    /// <summary>With names in braces and without the constraints of routing.</summary>
    public string Path { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Of its own among the operations of its face.</summary>
    public string Id => $"{Method.ToLowerInvariant()}{Row.Owner.Name}";

    /// <summary>What can be answered instead of a yes, each once.</summary>
    public IEnumerable<Fault> Faults => new[]
    {
        Row.Shape.Request is not null || Parameters.Count > 0 ? [FaultKind.Invalid, FaultKind.Missing] : Array.Empty<Fault>(),
        Row.Shape.Credential != Credential.None ? [FaultKind.TokenMissing, FaultKind.TokenUnknown, FaultKind.TokenExpired] : [],
        [.. Row.Documentation.Faults],
        [FaultKind.TooMany, FaultKind.Unexpected],
    }.SelectMany(faults => faults);

    /// <summary>Those of a host, in the order of their tables; what is called behind another stands behind it.</summary>
    public static IReadOnlyList<DocumentedEndpoint> Of(EndpointDataSource source)
    {
        var all = (from endpoint in source.Endpoints.OfType<RouteEndpoint>()
                   let row = endpoint.Metadata.GetMetadata<DocumentedRow>()
                   where row is not null
                   select new DocumentedEndpoint(endpoint.RoutePattern, endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0], row)).ToList();
        foreach (var moved in all.Where(endpoint => endpoint.Row.Documentation.Demo[0].After is not null).ToList())
        {
            all.Remove(moved);
            all.Insert(all.FindIndex(endpoint => endpoint.Row.Owner == moved.Row.Documentation.Demo[0].After) + 1, moved);
        }

        return all;
    }

    /// <summary>A parameter of the path that the routing takes as a number alone.</summary>
    public bool IsNumber(string parameter) => _pattern.ParameterPolicies.TryGetValue(parameter, out var policies) && policies.Any(policy => policy.Content == "long");

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException($"{part.PartKind} in a route."),
    };
}
