using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.ProjectFiles;

/// <summary><c>-- import FILE [--dry-run]</c>: prints what changes, and does it unless it is a dry run.</summary>
internal sealed class ImportCommand(ProjectFileImport import, IStringLocalizer<ProjectFileTexts> texts)
{
    private const string DryRun = "--dry-run";
    private const int MaxValue = 60;
    private static readonly Actor CommandLine = Actor.Host with { Name = "command line" };

    /// <param name="output">Where all of it goes.</param>
    /// <param name="args">What stands behind the command's name.</param>
    /// <returns>0 done, 1 refused, 2 used wrongly.</returns>
    public async Task<int> RunAsync(TextWriter output, string[] args)
    {
        var files = args.Where(a => a != DryRun).ToArray();
        if (files is not [var file] || file.StartsWith("--", StringComparison.Ordinal))
        {
            await output.WriteLineAsync("import FILE [--dry-run]");
            return 2;
        }

        string json;
        try
        {
            json = await File.ReadAllTextAsync(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"{file}: {exception.Message}");
            return 1;
        }

        return args.Contains(DryRun) ? await ShowAsync(output, json) : await ImportAsync(output, json);
    }

    private async Task<int> ShowAsync(TextWriter output, string json)
    {
        var preview = await import.PlanAsync(CommandLine, json);
        return preview switch
        {
            { Value: ImportPreview.Ready ready } => await SayAsync(output, texts["Command.WouldChange", ready.Plan.Changes.Count], ready.Plan.Changes),
            { Value: ImportPreview.Refused refused } => await RefuseAsync(output, refused.Faults),
            _ => await RefuseAsync(output, preview.Fault!),
        };
    }

    private async Task<int> ImportAsync(TextWriter output, string json)
    {
        var result = await import.ImportAsync(CommandLine, json);
        switch (result)
        {
            case { Value: ImportResult.Done { Report: var report } }:
                await SayAsync(output, texts["Command.Changed", report.Changes.Count], report.Changes);
                foreach (var secret in report.NewSecrets)
                {
                    await output.WriteLineAsync($"{secret.Path} = {secret.Secret.Reveal()}");
                }

                return 0;
            case { Value: ImportResult.Refused refused }:
                return await RefuseAsync(output, refused.Faults);
            default:
                return await RefuseAsync(output, result.Fault!);
        }
    }

    private static async Task<int> RefuseAsync(TextWriter output, IReadOnlyList<JsonFault> faults)
    {
        foreach (var fault in faults)
        {
            await output.WriteLineAsync(fault.ToString());
        }

        return 1;
    }

    private static async Task<int> RefuseAsync(TextWriter output, Fault fault)
    {
        await output.WriteLineAsync($"{fault.Field ?? "$"}: {fault.Kind}");
        return 1;
    }

    private static async Task<int> SayAsync(TextWriter output, string summary, IReadOnlyList<ProjectFileChange> changes)
    {
        var path = changes.Select(c => c.Path.Length).DefaultIfEmpty().Max();
        var before = changes.Select(c => Short(c.Before).Length).DefaultIfEmpty().Max();
        foreach (var change in changes)
        {
            await output.WriteLineAsync($"{change.Path.PadRight(path)}  {Short(change.Before).PadRight(before)}  {Short(change.After)}");
        }

        await output.WriteLineAsync(summary);
        return 0;
    }

    private static string Short(string? value) => value switch
    {
        null => "-",
        { Length: > MaxValue } => value[..MaxValue] + "…",
        _ => value,
    };
}
