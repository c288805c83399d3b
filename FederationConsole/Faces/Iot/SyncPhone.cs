using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record SyncPhoneRequest(string? AccessToken);

/// <param name="Phone">The national number.</param>
public sealed record SyncPhoneReply(string Phone);

public sealed class SyncPhoneRequestValidator : AbstractValidator<SyncPhoneRequest>
{
    public SyncPhoneRequestValidator() => RuleFor(r => r.AccessToken).Required().Text(4096);
}

/// <summary>5.1.10 同步物联云平台标准第三方用户手机号.</summary>
internal sealed class SyncPhone(IotAccess access, ContactSync contacts)
    : SignedInHandler<SyncPhoneRequest, SyncPhoneReply>(access, new SyncPhoneRequestValidator())
{
    protected override async Task<Outcome<SyncPhoneReply>> HandleAsync(SyncPhoneRequest request, CheckedSession session, FaceCall call)
    {
        var phone = await contacts.SyncPhoneAsync(session, request.AccessToken!, ActorOf(session, call), call.Cancellation);
        return phone.Ok ? new SyncPhoneReply(phone.Value) : phone.Fault;
    }
}
