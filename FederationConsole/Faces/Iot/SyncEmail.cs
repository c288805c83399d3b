using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record SyncEmailRequest(string? AccessToken, int? Source);

public sealed record SyncEmailReply(string Email);

public sealed class SyncEmailRequestValidator : AbstractValidator<SyncEmailRequest>
{
    public SyncEmailRequestValidator()
    {
        RuleFor(r => r.AccessToken).Required().Text(4096);
        RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
    }
}

/// <summary>5.1.12 同步物联云平台标准第三方用户邮箱.</summary>
internal sealed class SyncEmail(IotAccess access, ContactSync contacts)
    : SignedInHandler<SyncEmailRequest, SyncEmailReply>(access, new SyncEmailRequestValidator())
{
    protected override async Task<Outcome<SyncEmailReply>> HandleAsync(SyncEmailRequest request, CheckedSession session, FaceCall call)
    {
        var email = await contacts.SyncEmailAsync(session, request.Source!.Value, request.AccessToken!, ActorOf(session, call), call.Cancellation);
        return email.Ok ? new SyncEmailReply(email.Value) : email.Fault;
    }
}
