using System.ComponentModel;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What 5.1.1, 5.1.2, 5.1.6 and 5.1.9 ask for, and others with fields of their own beside it.</summary>
public record ThirdPartyRequest
{
    /// <summary>用户第三方源.</summary>
    [Description("用户第三方源\n4: 微信\n5: QQ\n6: 微博\n7: FaceBook\n8: 推特\n9: 支付宝\n10: 其他\n12: Apple\n13: google")]
    public int? Source { get; init; }

    /// <summary>Where somebody is signed in, it follows from the token.</summary>
    [Description("企业标识")]
    public string? CorpId { get; init; }

    /// <summary>应用标识; Apple and Google are set up by app.</summary>
    [Description("应用标识\n当source为Apple时,该项必传,需要根据此项去查找对应的苹果client_id和client_secret\n当source为Google时,该项必传,需要根据此项去查找对应的谷歌的client_id")]
    public string? PluginId { get; init; }

    /// <summary>第三方用户标识; for Google any or none, it follows from the code.</summary>
    [Description("第三方用户标识\n当source为Google时,可不传或随意传不以传参为准,会从google的authCode中解析得到, google开发者中心不建议直接传user_id")]
    public string? OpenId { get; init; }

    [Description("第三方调用凭证\n当source为Apple时,accessToken为苹果auth2认证中的authorization code\n当source为Google时,accessToken不是真实的Google AccessToken,而是Google临时授权码authCode")]
    public string? AccessToken { get; init; }

    /// <summary>用户名称, 5.1.2 only.</summary>
    [Description("用户名称")]
    public string? Name { get; init; }

    /// <summary>用户登录源, 5.1.2 only.</summary>
    [Description("用户登录源")]
    public string? Resource { get; init; }

    /// <summary>Not in the seed: what the app had put into the id_token of Apple or Google against replay.</summary>
    [Description("不在文档中：应用放入 Apple 或 Google 的 id_token 的防重放值")]
    public string? Nonce { get; init; }

    public virtual ThirdPartyCall ToCall(FaceCall call) => new(
        CorpId!, string.IsNullOrEmpty(PluginId) ? null : PluginId, Source!.Value, ToClaim(), call.Address, call.Client, call.RequestId);

    /// <summary>What is to be proved, once the validator is content.</summary>
    public virtual SourceClaim ToClaim() => new(OpenId ?? "", AccessToken!) { Nonce = string.IsNullOrEmpty(Nonce) ? null : Nonce };
}

public sealed class ThirdPartyRequestValidator : AbstractValidator<ThirdPartyRequest>
{
    /// <param name="withCorp">False where the corp follows from the token.</param>
    public ThirdPartyRequestValidator(bool withCorp = true)
    {
        RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
        RuleFor(r => r.CorpId).Required().When(_ => withCorp, ApplyConditionTo.CurrentValidator).Text(64);
        RuleFor(r => r.PluginId).Required().When(r => SourceRules.IsByApp((SourceKind)(r.Source ?? 0)), ApplyConditionTo.CurrentValidator).Text(64);
        RuleFor(r => r.OpenId).Required().When(r => r.Source != (int)SourceKind.Google, ApplyConditionTo.CurrentValidator).Text(128);
        RuleFor(r => r.AccessToken).Required().Text(4096);
        RuleFor(r => r.Name).Text(64);
        RuleFor(r => r.Resource).Text(64);
        RuleFor(r => r.Nonce).Text(256);
    }
}
