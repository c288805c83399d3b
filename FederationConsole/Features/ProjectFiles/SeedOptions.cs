using Microsoft.Extensions.Options;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>Section <c>Seed</c>.</summary>
public sealed class SeedOptions
{
    public const string Section = "Seed";

    /// <summary>Project files that are imported at start, in this order; relative to the content root. An empty entry takes a default away.</summary>
    public IList<string> Files { get; set; } = [];

    internal IEnumerable<(string Name, string Path)> Paths(string contentRoot) =>
        Files.Where(f => !string.IsNullOrWhiteSpace(f)).Select(f => (f, Path.GetFullPath(f, contentRoot)));
}

/// <summary>Each file must be there: a start without its seed would look like a start that had none.</summary>
internal sealed class SeedOptionsCheck(IHostEnvironment environment) : IValidateOptions<SeedOptions>
{
    public ValidateOptionsResult Validate(string? name, SeedOptions options)
    {
        var missing = options.Paths(environment.ContentRootPath).Where(f => !File.Exists(f.Path)).ToList();
        return missing.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(missing.Select(f => $"{SeedOptions.Section}:{nameof(SeedOptions.Files)}: {f.Name} is no file ({f.Path})."));
    }
}
