using FederationConsole.Features.Linking;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.11: 5.1.1's fields and the e-mail.</summary>
public sealed record EmailCheckRequest : ThirdPartyRequest
{
    public string? Email { get; init; }
}

/// <param name="IsRegister">A Boolean, as the seed's example shows it.</param>
/// <param name="UserId">A number, as the example shows it.</param>
public sealed record EmailCheckReply(bool IsRegister, long? UserId, string? Email);

public sealed class EmailCheckRequestValidator : AbstractValidator<EmailCheckRequest>
{
    public EmailCheckRequestValidator()
    {
        Include(new ThirdPartyRequestValidator());
        RuleFor(r => r.Email).Required().Email();
    }
}

/// <summary>5.1.11 校验第三方邮箱在平台的信息: the third party must vouch for the very e-mail that is asked about.</summary>
internal sealed class EmailCheck(ContactSync contacts) : FaceHandler<EmailCheckRequest, EmailCheckReply>(new EmailCheckRequestValidator())
{
    protected override async Task<Outcome<EmailCheckReply>> HandleAsync(EmailCheckRequest request, FaceCall call)
    {
        var found = await contacts.CheckEmailAsync(request.ToCall(call), request.Email!.ToLowerInvariant(), call.Cancellation);
        return !found.Ok ? found.Fault
            : found.Value.User is { } user ? new EmailCheckReply(true, user.Id.Value, user.Email)
            : new EmailCheckReply(false, null, null);
    }
}
