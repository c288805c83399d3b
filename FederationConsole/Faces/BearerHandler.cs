using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces;

/// <summary>The token of an app's server: <c>Authorization: Bearer …</c> (RFC 6750 2.1).</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    /// <summary>What a face's 401 says to a call without a token, and to one with a bad one (RFC 6750 3).</summary>
    public static readonly KeyValuePair<string, string>[] Challenge = [new("WWW-Authenticate", "Bearer")];

    public static readonly KeyValuePair<string, string>[] InvalidToken = [new("WWW-Authenticate", "Bearer error=\"invalid_token\"")];

    /// <summary>No header, or one of another scheme: <see cref="FaultKind.TokenMissing"/>. Else as <see cref="AppTokenService.Check"/>.</summary>
    public static Outcome<AppEntry> Check(AppTokenService tokens, FaceCall call) =>
        tokens.Check(call.Header("Authorization") is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null);

    /// <summary>The app as the doer of an audit line.</summary>
    public static Actor ActorOf(AppEntry app, FaceCall call) => new(ActorKind.App, app.Id.ToString(), app.Name, call.Address, call.RequestId);
}

/// <summary>A call of an app's server without a body. The app's environment is the only one that it sees.</summary>
internal abstract class BearerHandler<TReply>(AppTokenService tokens) : FaceHandler<TReply>
    where TReply : class
{
    protected sealed override Credential Credential => Credential.AppToken;

    protected sealed override ValueTask<Outcome<TReply>> HandleAsync(FaceCall call)
    {
        var app = Bearer.Check(tokens, call);
        return app.Ok ? HandleAsync(app.Value, call) : ValueTask.FromResult<Outcome<TReply>>(app.Fault);
    }

    protected abstract ValueTask<Outcome<TReply>> HandleAsync(AppEntry app, FaceCall call);
}

/// <summary>A call of an app's server with a JSON body. The token is asked before the body is read.</summary>
internal abstract class BearerHandler<TRequest, TReply>(AppTokenService tokens, IValidator<TRequest> validator) : FaceHandler<TRequest, TReply>(validator)
    where TRequest : class
    where TReply : class
{
    protected sealed override Credential Credential => Credential.AppToken;

    protected sealed override ValueTask<Outcome> AdmitAsync(FaceCall call)
    {
        var app = Bearer.Check(tokens, call);
        return ValueTask.FromResult(app.Ok ? Outcome.Done : app.Fault);
    }

    protected sealed override async Task<Outcome<TReply>> HandleAsync(TRequest request, FaceCall call)
    {
        // From memory; a secret that was retired while the body came is seen.
        var app = Bearer.Check(tokens, call);
        return app.Ok ? await HandleAsync(request, app.Value, call) : app.Fault;
    }

    protected abstract Task<Outcome<TReply>> HandleAsync(TRequest request, AppEntry app, FaceCall call);
}
