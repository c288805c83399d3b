using FederationConsole.Data;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.VendorAccounts.Conformance;
using FederationConsole.Features.Promotion;
using Microsoft.Extensions.Logging.Console;

namespace FederationConsole;

/// <summary>
/// The command line beside running the host: <c>dotnet run --project FederationConsole -- NAME …</c>. A command shares the
/// host's composition and settings and starts no server; it may run while a host does.
/// </summary>
internal static class Commands
{
    private const int Usage = 2;

    private static readonly Dictionary<string, Command> All = new(StringComparer.Ordinal)
    {
        ["import"] = new("import FILE [--dry-run]", 1, (services, output, args) => services.GetRequiredService<ImportCommand>().RunAsync(output, args)),
        ["export"] = new("export CODE", 1, (services, output, args) => services.GetRequiredService<ExportCommand>().RunAsync(output, args)),
        ["promote"] = new("promote CODE [--dry-run] [--comment TEXT]", 1, (services, output, args) => services.GetRequiredService<PromotionCommand>().RunAsync(output, args)),
        ["backup"] = new("backup FILE", 1, (services, output, args) => services.GetRequiredService<BackupCommands>().BackupAsync(output, args[0])),
        ["restore"] = new("restore FILE [--replace]", 1, (services, output, args) =>
            services.GetRequiredService<BackupCommands>().RestoreAsync(output, args[0], args.Contains("--replace"))),
        ["admin"] = new("admin reset-password|reset-two-step EMAIL", 2, (services, output, args) =>
            services.GetRequiredService<AdministratorCommands>().RunAsync(output, args[0], args[1])),
        ["check-vendor"] = new(ConformanceCommand.Form, 1, (services, output, args) => services.GetRequiredService<ConformanceCommand>().RunAsync(output, args)),
    };

    /// <summary>Null when the arguments name no command: then they are all settings of the host. Settings may stand before a command.</summary>
    /// <returns>0 done, 1 refused, 2 used wrongly.</returns>
    public static Func<Task<int>>? Find(string[] args, Func<string[], WebApplication> host, TextWriter output)
    {
        var at = 0;
        while (at < args.Length && args[at].StartsWith("--", StringComparison.Ordinal))
        {
            at += args[at].Contains('=', StringComparison.Ordinal) ? 1 : 2;
        }

        if (at >= args.Length)
        {
            return null;
        }

        var (settings, rest) = (args[..at], args[(at + 1)..]);
        return All.TryGetValue(args[at], out var command) && rest.Length >= command.Required
            ? () => RunAsync(command, () => host(settings), output, rest)
            : () => ExplainAsync(output);
    }

    /// <summary>What a command prints may be sent into a file: the log goes to standard error.</summary>
    public static void KeepOutputClean(WebApplicationBuilder builder) =>
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    private static async Task<int> RunAsync(Command command, Func<WebApplication> host, TextWriter output, string[] args)
    {
        await using var app = host();
        return await DataRegistration.WithWriterAsync(app.Services, () => command.RunAsync(app.Services, output, args));
    }

    private static async Task<int> ExplainAsync(TextWriter output)
    {
        await output.WriteLineAsync("Commands:");
        foreach (var command in All.Values)
        {
            await output.WriteLineAsync("  " + command.Form);
        }

        return Usage;
    }

    private sealed record Command(string Form, int Required, Func<IServiceProvider, TextWriter, string[], Task<int>> RunAsync);
}
