using System.Text.Json.Nodes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>Where a vendor's account system stands in a project.</summary>
internal readonly record struct VendorPlace(EnvironmentKind Environment, string App);

/// <summary>A vendor of a file; one that says nothing of it is enabled, asked by POST, and its mobiles are not verified.</summary>
/// <param name="Secret">In the clear, to be sealed.</param>
internal sealed record VendorParts(
    bool Enabled, string TokenUrl, string UserInfoUrl, TokenMethod Method, string ClientId, string Secret, bool MobileVerified, SortedDictionary<string, string> Fields)
{
    public const string Section = "vendorAccount";

    public static Dictionary<VendorPlace, VendorParts> In(JsonObject? project) => (project?["apps"] as JsonArray ?? [])
        .SelectMany(app => KeptSections.Environments.Select(e => (Place: new VendorPlace(e.Value, (string)app!["code"]!), Json: app[Section]?[e.Key] as JsonObject)))
        .Where(v => v.Json is not null)
        .ToDictionary(v => v.Place, v => Of(v.Json!));

    /// <param name="secret">In the clear.</param>
    public static JsonObject Json(VendorAccount vendor, string secret)
    {
        var node = new JsonObject
        {
            ["enabled"] = vendor.Enabled,
            ["tokenUrl"] = vendor.TokenUrl,
            ["userInfoUrl"] = vendor.UserInfoUrl,
            ["tokenMethod"] = Word(vendor.TokenMethod),
            ["clientId"] = vendor.ClientId,
            ["clientSecret"] = secret,
            ["mobileVerified"] = vendor.MobileVerified,
        };
        if (vendor.Fields.Count > 0)
        {
            node["fields"] = new JsonObject(vendor.Fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value)));
        }

        return node;
    }

    private static VendorParts Of(JsonObject json) => new(
        (bool?)json["enabled"] ?? true,
        (string)json["tokenUrl"]!,
        (string)json["userInfoUrl"]!,
        Enum.GetValues<TokenMethod>().FirstOrDefault(m => Word(m) == (string?)json["tokenMethod"], TokenMethod.Post),
        (string)json["clientId"]!,
        (string)json["clientSecret"]!,
        (bool?)json["mobileVerified"] ?? false,
        new((json["fields"] as JsonObject ?? []).Where(f => f.Value is not null).ToDictionary(f => f.Key, f => (string)f.Value!), StringComparer.Ordinal));

    private static string Word(TokenMethod method) => StrictJsonReader.Words.ConvertName(method.ToString());
}
