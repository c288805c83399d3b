using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Pages;

// QR pages that wait, and phones that scan them.
//   Pages memory PORT PID COUNT SECONDS [ADDRESS]          resident KiB of PID before and with COUNT pages waiting: "MEMORY before after"
//   Pages scans  PORT COUNT RATE SECONDS ADDRESS TOKENS    RATE scans a second among COUNT pages, beside as many
//                                                        empty requests on the same connections: "SCANS count p50-ms p99-ms max-ms empty-p99-ms"
// ADDRESS is the path of the page whose ticket is watched; without it the hub is a bare one, and there is nothing to fetch.
// TOKENS: lines "user_id token". A page pings every 15 s, as scan.js does.
const int Warmth = 200, AtOnce = 32;
switch (args)
{
    case ["memory", var port, var pid, var count, var seconds, ..]:
    {
        var address = args.Length > 5 ? args[5] : null;
        foreach (var page in await OpenAsync(Number(port), Warmth, address))
        {
            page.Dispose();
        }

        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = Resident(pid);
        var pages = await OpenAsync(Number(port), Number(count), address);
        await WaitAsync(pages, Number(seconds));
        Console.WriteLine($"MEMORY {before} {Resident(pid)}");
        GC.KeepAlive(pages);
        return 0;
    }

    case ["scans", var port, var count, var rate, var seconds, var address, var tokens]:
    {
        var users = File.ReadLines(tokens).Select(line => line.Split(' ')[1]).Take(1000).ToArray();
        var pages = new Queue<Page>(await OpenAsync(Number(port), Number(count), address));
        var all = pages.ToArray();
        var tickets = new Queue<string>(Program.Tickets);
        using var http = Http(Number(port));
        // Half of the time is warm-up.
        var warmUp = Number(rate) * Number(seconds);
        if (pages.Count < 2 * warmUp)
        {
            throw new InvalidOperationException($"{2 * warmUp} pages are needed, there are {pages.Count}.");
        }

        using var stop = new CancellationTokenSource();
        var pings = PingAsync(all, stop.Token);
        await ScanAsync(http, pages, tickets, users, Number(rate), warmUp);
        var (times, empty) = await ScanAsync(http, pages, tickets, users, Number(rate), warmUp);
        await stop.CancelAsync();
        await pings;
        Array.Sort(times);
        Array.Sort(empty);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SCANS {times.Length} {Quantile(times, 0.5):F3} {Quantile(times, 0.99):F3} {times[^1]:F3} {Quantile(empty, 0.99):F3}"));
        return 0;
    }

    default:
        await Console.Error.WriteLineAsync("usage: Pages memory PORT PID COUNT SECONDS [ADDRESS] | scans PORT COUNT RATE SECONDS ADDRESS TOKENS");
        return 2;
}

static async Task<Page[]> OpenAsync(int port, int count, string? address)
{
    using var http = Http(port);
    var pages = new Page[count];
    var tickets = new string[count];
    await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
    {
        var (ticket, secret) = ("-", "-");
        if (address is not null)
        {
            var keys = Keys().Match(await http.GetStringAsync(new Uri(address, UriKind.Relative), CancellationToken.None)).Groups;
            (ticket, secret) = (keys["ticket"].Value, keys["secret"].Value);
        }

        tickets[i] = ticket;
        pages[i] = new();
        await pages[i].OpenAsync(port, ticket, secret);
    });
    Program.Tickets = tickets;
    return pages;
}

static async Task WaitAsync(Page[] pages, int seconds)
{
    using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
    await PingAsync(pages, stop.Token);
}

static async Task PingAsync(Page[] pages, CancellationToken stop)
{
    // Spread over the 15 s, as pages that were opened at different times are.
    const int Parts = 150;
    for (var part = 0; !stop.IsCancellationRequested; part = (part + 1) % Parts)
    {
        for (var i = part; i < pages.Length; i += Parts)
        {
            await pages[i].PingAsync();
        }

        await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

// Milliseconds from sending the phone's call until the page has heard. By a clock, whether or not earlier ones are answered.
static async Task<(double[] Scans, double[] Empty)> ScanAsync(HttpClient http, Queue<Page> pages, Queue<string> tickets, string[] users, int rate, int count)
{
    var began = Stopwatch.GetTimestamp();
    var (scans, empty) = (new List<Task<double>>(count), new List<Task<double>>(count));
    for (var i = 0; i < count; i++)
    {
        var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(began);
        if (due > TimeSpan.Zero)
        {
            await Task.Delay(due);
        }

        empty.Add(EmptyAsync());
        scans.Add(OneAsync(pages.Dequeue(), tickets.Dequeue(), users[i % users.Length]));
    }

    return (await Task.WhenAll(scans), await Task.WhenAll(empty));

    // What the machine itself takes just then.
    async Task<double> EmptyAsync()
    {
        var sent = Stopwatch.GetTimestamp();
        (await http.GetAsync(new Uri("/healthz", UriKind.Relative))).EnsureSuccessStatusCode().Dispose();
        return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
    }

    async Task<double> OneAsync(Page page, string ticket, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/connect/scan", UriKind.Relative)) { Content = JsonContent.Create(new { ticket }) };
        request.Headers.Add("Access-Token", token);
        var sent = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!text.StartsWith("{\"success\":1", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Not scanned: " + text);
        }

        return Stopwatch.GetElapsedTime(sent, await page.Scanned.WaitAsync(TimeSpan.FromSeconds(10))).TotalMilliseconds;
    }
}

static double Quantile(double[] sorted, double q) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(q * sorted.Length) - 1)];

static HttpClient Http(int port) => new(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce, UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Resident(string pid) => Number(File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2].Trim());

internal static partial class Program
{
    /// <summary>Of the pages that were opened last, in their order.</summary>
    public static string[] Tickets { get; set; } = [];

    [GeneratedRegex("data-ticket=\"(?<ticket>[^\"]+)\" data-secret=\"(?<secret>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keys();
}
