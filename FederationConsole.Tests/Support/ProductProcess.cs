using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FederationConsole.Tests.Support;

/// <summary>
/// The built product as a process of its own, for what only a process shows: being killed amid writes, two nodes on one
/// database, a graceful stop. It keeps its address over restarts.
/// </summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    // Below the range that the kernel gives to outgoing connections, so that none takes a port between its choice and its use.
    private static int _lastPort = 20_000 + (Environment.ProcessId % 10_000);

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private ProductProcess(IReadOnlyDictionary<string, string> settings)
    {
        _settings = settings;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>What it has written to its standard output and error, over all its lives.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Starts it on the database and waits until <c>/readyz</c> says yes.</summary>
    /// <param name="database">Not owned: it outlives the process, and several processes may share it.</param>
    /// <param name="settings">Further configuration by key (<c>Admin:Email</c>).</param>
    public static async Task<ProductProcess> StartAsync(TestDatabase database, IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(database.Settings);
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        var product = new ProductProcess(all);
        try
        {
            await product.StartAgainAsync();
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command (<c>promote demo --dry-run</c>) beside whatever runs on the database; the log, on standard error, is left out.</summary>
    public static async Task<(int Code, string Output)> RunAsync(TestDatabase database, IEnumerable<string> args)
    {
        using var process = Process.Start(Begin(["--contentRoot", Repository.Top, .. args], database.Settings))!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(StartLimit);
        return (process.ExitCode, output);
    }

    /// <summary>The same again, after <see cref="Kill"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        Assert.True(_process is null, "It still runs.");
        var start = Begin(["--contentRoot", Repository.Top, "--urls", Address.ToString()], _settings);
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync(_process);
    }

    private static ProcessStartInfo Begin(IEnumerable<string> args, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.ProductAssembly, .. args])
        {
            WorkingDirectory = Repository.Top,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in settings)
        {
            // The environment and not the command line, which every user of the machine can read.
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        var process = Running();
        process.Kill();
        process.WaitForExit();
        Forget();
    }

    /// <summary>SIGTERM, as a service manager stops it; answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        var process = Running();
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(StopLimit);
        }
        catch (TimeoutException late)
        {
            Kill();
            throw new TimeoutException(Report($"It did not stop within {StopLimit} of SIGTERM."), late);
        }

        var code = process.ExitCode;
        Forget();
        return code;
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
        {
            Kill();
        }

        Forget();
        return ValueTask.CompletedTask;
    }

    private async Task WaitUntilReadyAsync(Process process)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartLimit)
        {
            if (process.HasExited)
            {
                // Also waits for the rest of its output.
                await process.WaitForExitAsync();
                throw new InvalidOperationException(Report($"It ended with code {process.ExitCode} before it was ready."));
            }

            if (await IsReadyAsync())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        throw new TimeoutException(Report($"/readyz did not say yes within {StartLimit}."));
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private Process Running() => _process ?? throw new InvalidOperationException("It does not run.");

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            _output.Enqueue(line.Data);
        }
    }

    private string Report(FormattableString what) =>
        $"{what.ToString(CultureInfo.InvariantCulture)}{Environment.NewLine}{string.Join(Environment.NewLine, _output)}";

    private static int FreePort()
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var port = Interlocked.Increment(ref _lastPort);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        throw new InvalidOperationException("No free port from 20000 on.");
    }
}
