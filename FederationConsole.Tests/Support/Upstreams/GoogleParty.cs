using System.Globalization;
using System.Text.Json.Nodes;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>Google (upstreams A8): it names itself in two ways, and is exact about redirect_uri.</summary>
internal sealed class GoogleParty : OidcParty
{
    public override int Source => 13;

    public override Dictionary<string, string> Settings => new()
    {
        ["clientId"] = "1234567890-abc.apps.googleusercontent.com", ["redirectUri"] = "postmessage", ["apiBase"] = Address,
    };

    public override Dictionary<string, string?> Secrets { get; } = new() { ["clientSecret"] = "GOCSPX-google-secret-0123456789" };

    public string Issuer { get; set; } = "https://accounts.google.com";

    protected override string KeysPath => "/oauth2/v3/certs";

    protected override string TokenPath => "/token";

    protected override string UsedCode => "Bad Request";

    public override string IdOf(int number) => "11016948447438627" + number.ToString("D4", CultureInfo.InvariantCulture);

    protected override JsonObject ClaimsOf(string openId) => new()
    {
        ["iss"] = Issuer, ["azp"] = Settings["clientId"], ["email"] = $"li.{openId[^4..]}@gmail.com", ["email_verified"] = true,
        ["name"] = "Li Qinghua", ["picture"] = "https://lh3.googleusercontent.com/a/1", ["locale"] = "zh-CN",
    };

    protected override (string Error, string Says, int Status)? RefuseClient(IReadOnlyDictionary<string, string> asked)
    {
        if (asked.GetValueOrDefault("client_id") != Settings["clientId"])
        {
            return ("invalid_client", "The OAuth client was not found.", 401);
        }

        if (asked.GetValueOrDefault("client_secret") != Secrets["clientSecret"])
        {
            return ("invalid_client", "Unauthorized", 401);
        }

        return asked.GetValueOrDefault("redirect_uri") == Settings["redirectUri"] ? null : ("redirect_uri_mismatch", "Bad Request", 400);
    }
}
