using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Features.Sandbox;

/// <summary>Settings under <c>Sandbox</c>. The defaults are what <c>seeds/demo.json</c> says.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>The signature token that the standard third party shares with the platform (the console's 免验证登录, source 10).</summary>
    [Required, StringLength(128, MinimumLength = 8)]
    public string StandardToken { get; set; } = "demo-standard-token";

    /// <summary>The corp_id that the page writes into its curl lines; it ends up in a shell, hence the narrow alphabet.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_-]{1,64}$")]
    public string CorpId { get; set; } = "1007d2ad1f8c4e00";

    /// <summary>The app key that Apple and Google are set up for; narrow for the same reason.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_-]{1,64}$")]
    public string PluginId { get; set; } = "demo-shop-dev";

    /// <summary>What the vendor account server gave the platform for its app (自有账号对接: appKey and appSecret).</summary>
    [Required, StringLength(128, MinimumLength = 8)]
    public string VendorClientId { get; set; } = "demo-vendor-client";

    [Required, StringLength(128, MinimumLength = 8)]
    public string VendorClientSecret { get; set; } = "demo-vendor-secret";
}
