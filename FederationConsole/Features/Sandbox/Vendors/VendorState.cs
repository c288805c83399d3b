using System.Security.Cryptography;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>
/// <c>GET /sandbox/{vendor}/state?run=&amp;version=</c>: what the page shows, or 204 when nothing changed since that version.
/// <c>run</c> is drawn at each start of the host, so that a page left open notices that all it knows is gone.
/// </summary>
internal static class VendorState
{
    private const int PersonsShown = 50;

    private static readonly string Run = RandomNumberGenerator.GetHexString(8, lowercase: true);

    private sealed record State(string Run, long Version, string CorpId, string? PluginId, int Source, IEnumerable<VendorPerson> Persons, IEnumerable<Row> Journal);

    private sealed record Row(long Number, DateTimeOffset At, string Question, int Status, string Body);

    public static IResult Get(Vendor vendor, string? run, long? version, HttpResponse response, SandboxOptions options)
    {
        response.Headers.CacheControl = "no-store";
        var current = vendor.Book.Version + vendor.Journal.Version;
        return run == Run && version == current
            ? Results.NoContent()
            : Results.Json(
                new State(
                    Run, current, options.CorpId, vendor is OidcSandbox ? options.PluginId : null, vendor.Source, vendor.Book.Newest(PersonsShown),
                    vendor.Journal.Newest().Select(n => new Row(n.Number, n.Entry.At, n.Entry.Question, n.Entry.Status, n.Entry.Body))),
                SandboxJson.Options);
    }
}
