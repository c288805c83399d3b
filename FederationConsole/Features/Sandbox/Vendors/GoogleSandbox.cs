using System.Text.Json.Nodes;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>Google (upstreams A8): exact about redirect_uri; its id_token says who it is, whatever was claimed.</summary>
public sealed class GoogleSandbox() : OidcSandbox("google", 13, "sandbox.apps.example.com")
{
    private const string ClientSecret = "demo-google-secret";
    private const string RedirectUri = "postmessage";

    // The platform claims nobody here, so there is no other.
    protected override IReadOnlyList<VendorBehaviour> Impossible { get; } = [VendorBehaviour.OtherUser];

    protected override string TokenPath => "/token";

    protected override string KeysPath => "/oauth2/v3/certs";

    protected override string NewOpenId() => "1" + Digits(20);

    protected override JsonObject ClaimsOf(VendorPerson person) => new()
    {
        ["iss"] = "https://accounts.google.com", ["azp"] = ClientId, ["name"] = NicknameOf(person), ["locale"] = "zh-CN",
    };

    protected override StandardAnswer Refuse(No why) => Fault("invalid_grant", why switch
    {
        No.Unknown or No.Refused => "Malformed auth code.",
        No.Expired or No.Spent => "Bad Request",
    });

    protected override StandardAnswer? RefuseClient(VendorQuestion question) =>
        question["client_id"] != ClientId ? Fault("invalid_client", "The OAuth client was not found.", 401)
        : question["client_secret"] != ClientSecret ? Fault("invalid_client", "Unauthorized", 401)
        : question["redirect_uri"] != RedirectUri ? Fault("redirect_uri_mismatch", "Bad Request")
        : null;
}
