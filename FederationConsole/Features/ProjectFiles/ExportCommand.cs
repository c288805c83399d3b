using FederationConsole.Platform;

namespace FederationConsole.Features.ProjectFiles;

/// <summary><c>-- export CODE</c>: prints the file and nothing else, so that it can be sent into one.</summary>
internal sealed class ExportCommand(ProjectFileExport export)
{
    /// <param name="output">Takes the file, or why there is none.</param>
    /// <param name="args">What stands behind the command's name.</param>
    /// <returns>0 done, 1 refused, 2 used wrongly.</returns>
    public async Task<int> RunAsync(TextWriter output, string[] args)
    {
        if (args is not [var code] || code.StartsWith("--", StringComparison.Ordinal))
        {
            await output.WriteLineAsync("export CODE");
            return 2;
        }

        var file = await export.ExportAsync(Actor.Host, code);
        await output.WriteAsync(file.Ok ? file.Value : $"{code}: {file.Fault.Kind}\n");
        return file.Ok ? 0 : 1;
    }
}
