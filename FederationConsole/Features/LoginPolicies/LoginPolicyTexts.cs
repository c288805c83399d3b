namespace FederationConsole.Features.LoginPolicies;

/// <summary>Marks LoginPolicyTexts.resx (Chinese) and LoginPolicyTexts.en.resx: 登录策略, and the names of its fields wherever they are shown.</summary>
public sealed class LoginPolicyTexts;
