using FederationConsole.Features.Linking;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.11: 5.1.1's fields and the e-mail.</summary>
public sealed record EmailCheckRequest(int? Source, string? CorpId, string? PluginId, string? OpenId, string? AccessToken, string? Email);

/// <param name="IsRegister">A Boolean, as the seed's example shows it.</param>
/// <param name="UserId">A number, as the example shows it.</param>
public sealed record EmailCheckReply(bool IsRegister, long? UserId, string? Email);

public sealed class EmailCheckRequestValidator : AbstractValidator<EmailCheckRequest>
{
    public EmailCheckRequestValidator()
    {
        RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
        RuleFor(r => r.CorpId).Required().Text(64);
        RuleFor(r => r.PluginId).Text(64);
        RuleFor(r => r.OpenId).Required().When(r => r.Source != (int)SourceKind.Google, ApplyConditionTo.CurrentValidator).Text(128);
        RuleFor(r => r.AccessToken).Required().Text(4096);
        RuleFor(r => r.Email).Required().Email();
    }
}

/// <summary>5.1.11 校验第三方邮箱在平台的信息: the third party must vouch for the very e-mail that is asked about.</summary>
internal sealed class EmailCheck(ContactSync contacts) : FaceHandler<EmailCheckRequest, EmailCheckReply>(new EmailCheckRequestValidator())
{
    protected override async Task<Outcome<EmailCheckReply>> HandleAsync(EmailCheckRequest request, FaceCall call)
    {
        var asked = new ThirdPartyCall(
            request.CorpId!, string.IsNullOrEmpty(request.PluginId) ? null : request.PluginId, request.Source!.Value,
            new SourceClaim(request.OpenId ?? "", request.AccessToken!), call.Address, call.Client, call.RequestId);
        var found = await contacts.CheckEmailAsync(asked, request.Email!.ToLowerInvariant(), call.Cancellation);
        return !found.Ok ? found.Fault
            : found.Value.User is { } user ? new EmailCheckReply(true, user.Id.Value, user.Email)
            : new EmailCheckReply(false, null, null);
    }
}
