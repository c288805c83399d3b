using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>A call of a signed-in user with a JSON body. The token is asked before the body is read.</summary>
internal abstract class SignedInHandler<TRequest, TReply>(IotAccess access, IValidator<TRequest> validator) : FaceHandler<TRequest, TReply>(validator)
    where TRequest : class
    where TReply : class
{
    protected sealed override Credential Credential => Credential.UserToken;

    protected sealed override async ValueTask<Outcome> AdmitAsync(FaceCall call)
    {
        var session = await access.CheckUserAsync(call);
        return session.Ok ? Outcome.Done : session.Fault;
    }

    protected sealed override async Task<Outcome<TReply>> HandleAsync(TRequest request, FaceCall call)
    {
        // From memory the second time; a session that ended while the body came is seen.
        var session = await access.CheckUserAsync(call);
        return session.Ok ? await HandleAsync(request, session.Value, call) : session.Fault;
    }

    protected abstract Task<Outcome<TReply>> HandleAsync(TRequest request, CheckedSession session, FaceCall call);

    /// <summary>The user as the doer of an audit line.</summary>
    protected static Actor ActorOf(CheckedSession session, FaceCall call) =>
        new(ActorKind.User, session.UserId.ToString(), "", call.Address, call.RequestId);
}
