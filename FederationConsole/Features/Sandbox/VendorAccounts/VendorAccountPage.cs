using System.Globalization;
using System.Security.Cryptography;
using FederationConsole.Features.Sandbox.Vendors;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Sandbox.VendorAccounts;

/// <summary>What the platform asked the vendor account server.</summary>
public sealed class VendorAccountJournal : Journal<VendorEntry>;

/// <summary><c>GET /sandbox/vendor</c>, and what it shows as JSON.</summary>
internal static class VendorAccountPage
{
    private const int PersonsShown = 50;

    // Drawn at each start of the host, so that a page left open notices that all it knows is gone.
    private static readonly string Run = RandomNumberGenerator.GetHexString(8, lowercase: true);

    private sealed record StateReply(string Run, long Version, string AppKey, string ClientId, string ClientSecret, IEnumerable<PersonRow> Persons, IEnumerable<Row> Journal);

    private sealed record PersonRow(string OpenId, string Nickname, string? Mobile, VendorAccountStep? Step, string? ResultCode);

    private sealed record Row(long Number, DateTimeOffset At, string Question, int Status, string Body);

    public static Task<IResult> ShowAsync(HttpContext context) => SandboxPage.ShowAsync(context, "account", (key, language) => key switch
    {
        "Steps" => Options(Enum.GetValues<VendorAccountStep>().Select(SandboxJson.Name), step => SandboxTexts.Get("Step_" + step, language)),
        "ResultCodes" => Options(ResultCode.Messages.Keys, code => code == ResultCode.Success ? SandboxTexts.Get("VendorAccountAsItShould", language) : $"{code} {ResultCode.Messages[code]}"),
        _ => null,
    });

    public static IResult State(string? run, long? version, HttpResponse response, VendorAccountBook book, VendorAccountJournal journal, IOptions<SandboxOptions> options)
    {
        response.Headers.CacheControl = "no-store";
        var current = book.Version + journal.Version;
        return run == Run && version == current
            ? Results.NoContent()
            : Results.Json(
                new StateReply(
                    Run, current, options.Value.PluginId, options.Value.VendorClientId, options.Value.VendorClientSecret,
                    book.Newest(PersonsShown).Select(p => new PersonRow(p.OpenId, p.Nickname, p.Mobile, p.Next?.Step, p.Next?.ResultCode)),
                    journal.Newest().Select(n => new Row(n.Number, n.Entry.At, n.Entry.Question, n.Entry.Status, n.Entry.Body))),
                SandboxJson.Options);
    }

    private static string Options(IEnumerable<string> values, Func<string, string> text) =>
        string.Concat(values.Select(value => string.Create(CultureInfo.InvariantCulture, $"<option value=\"{value}\">{SandboxPage.Encoder.Encode(text(value))}</option>")));
}
