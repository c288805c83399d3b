using FluentValidation;

namespace FederationConsole.Faces;

/// <summary>Whose token a call needs.</summary>
public enum Credential
{
    None,
    /// <summary>Of an app's server: <c>Authorization: Bearer …</c>.</summary>
    AppToken,
    /// <summary>Of a user: <c>Access-Token: …</c>.</summary>
    UserToken,
}

/// <summary>What a handler reads and answers, for the documents.</summary>
/// <param name="Request">Of the JSON body; null where there is none.</param>
/// <param name="Reply">What <see cref="Face.Succeed"/> is given; null for a page.</param>
public sealed record HandlerShape(Type? Request, Type? Reply, IValidator? Validator, Credential Credential)
{
    public static readonly HandlerShape Page = new(null, null, null, Credential.None);
}

/// <summary>On every endpoint that is documented, as metadata: the documents are made from the endpoints that run.</summary>
/// <param name="Owner">The handler's or page's type.</param>
public sealed record DocumentedRow(Type Owner, Face Face, HandlerShape Shape, Documentation Documentation);

/// <summary>What a face's documents say of it as a whole.</summary>
/// <param name="Order">Its place in the collection, which runs from top to bottom: the seeds' order, tokens of apps first.</param>
/// <param name="Title">The vendor's document, in its words.</param>
/// <param name="English">The same in English.</param>
/// <param name="Code">Path in the body of a no to its code: <c>error.code</c>.</param>
/// <param name="Message">Path to its words.</param>
public sealed record FaceAbout(int Order, string Title, string English, string Code, string Message)
{
    /// <summary>Path and JSON value by which the body of a yes is known; null where the HTTP status alone tells.</summary>
    public (string Path, string Value)? Success { get; init; }

    /// <summary>What a reply is put into: a type of the face's JSON whose property of type <c>object</c> is the reply.</summary>
    public Type? Envelope { get; init; }
}

public static class Documenting
{
    /// <summary>For a page of a face that people's browsers open: it is no row of a table, but the seeds document it.</summary>
    public static IEndpointConventionBuilder Documented<TPage>(this IEndpointConventionBuilder endpoint, Face face)
        where TPage : IDocumented =>
        endpoint.WithMetadata(new DocumentedRow(typeof(TPage), face, HandlerShape.Page, TPage.Documentation));
}
