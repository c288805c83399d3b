using System.Globalization;
using System.Text;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary><c>GET /sandbox/{vendor}</c>: one page for all of them, which differ in names and choices.</summary>
internal static class VendorPage
{
    public static Task<IResult> ShowAsync(HttpContext context, Vendor vendor) => SandboxPage.ShowAsync(context, "vendor", (key, language) => key switch
    {
        "Name" => vendor.Name,
        "Party" => Text($"Party_{vendor.Name}", language),
        "Source" => vendor.Source.ToString(CultureInfo.InvariantCulture),
        "Credentials" => Options(vendor.Credentials.Select(SandboxJson.Name), "Credential_", language),
        "Behaviours" => Options(vendor.Behaviours.Select(SandboxJson.Name), "Vendor_", language),
        _ => null,
    });

    private static string Text(string key, CultureInfo language) => SandboxPage.Encoder.Encode(SandboxTexts.Get(key, language));

    private static string Options(IEnumerable<string> names, string prefix, CultureInfo language) =>
        names.Aggregate(new StringBuilder(), (html, name) => html.Append(CultureInfo.InvariantCulture, $"<option value=\"{name}\">{Text(prefix + name, language)}</option>")).ToString();
}

/// <summary><c>GET /sandbox</c>: every third party that stands in the sandbox.</summary>
internal static class IndexPage
{
    public static Task<IResult> ShowAsync(HttpContext context, IEnumerable<Vendor> vendors) => SandboxPage.ShowAsync(context, "index", (key, language) => key switch
    {
        "Parties" => string.Concat(vendors.Select(v => (v.Source, v.Name)).Append((Source: 10, Name: "standard")).OrderBy(party => party.Source)
            .Select(party => $"<li><a href=\"/sandbox/{party.Name}\">{SandboxPage.Encoder.Encode(SandboxTexts.Get("Party_" + party.Name, language))}</a> <span class=\"label\">source {party.Source}</span></li>"))
            + $"<li><a href=\"/sandbox/vendor\">{SandboxPage.Encoder.Encode(SandboxTexts.Get("VendorAccountTitle", language))}</a></li>",
        _ => null,
    });
}
