using System.Text.Json;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary><c>-- check-vendor</c>: examines a vendor anywhere, whether a project is set up for it or not.</summary>
internal sealed class ConformanceCommand(ConformanceRun run)
{
    public const string Form =
        "check-vendor --token-url URL --user-info-url URL --client-id ID --client-secret SECRET --code CODE [--get] [--fields FILE]";

    private const string ByGet = "--get";
    private const string FieldsFile = "--fields";
    private static readonly string[] Required = ["--token-url", "--user-info-url", "--client-id", "--client-secret", "--code"];

    /// <returns>0 no rule fails, 1 one does, 2 used wrongly.</returns>
    public async Task<int> RunAsync(TextWriter output, string[] args)
    {
        if (Read(args) is not { } said || Required.Any(name => !said.ContainsKey(name)))
        {
            await output.WriteLineAsync(Form);
            return 2;
        }

        if (Address("--token-url") is not { } tokenUrl || Address("--user-info-url") is not { } userInfoUrl)
        {
            await output.WriteLineAsync(ConformanceTexts.Get("Command_BadUrl", Address("--token-url") is null ? "--token-url" : "--user-info-url"));
            return 2;
        }

        if (await FieldsAsync(said.GetValueOrDefault(FieldsFile)) is not { } fields)
        {
            await output.WriteLineAsync(ConformanceTexts.Get("Command_BadFields", said[FieldsFile]));
            return 2;
        }

        var results = await run.RunAsync(
            new(tokenUrl, userInfoUrl, said["--client-id"], said["--client-secret"], said.ContainsKey(ByGet), fields, "vendor check"), said["--code"], CancellationToken.None);
        return await PrintAsync(output, results);

        Uri? Address(string name) => Uri.TryCreate(said[name], UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri : null;
    }

    private static async Task<int> PrintAsync(TextWriter output, IReadOnlyList<RuleResult> results)
    {
        foreach (var result in results)
        {
            await output.WriteLineAsync($"{ConformanceTexts.Of(result.Outcome)}\t{ConformanceTexts.Of(result.Rule)}{(result.Why is null ? "" : $"\t{result.Why}")}");
        }

        int Count(RuleOutcome outcome) => results.Count(r => r.Outcome == outcome);
        await output.WriteLineAsync(ConformanceTexts.Get("Command_Summary", Count(RuleOutcome.Holds), Count(RuleOutcome.Fails), Count(RuleOutcome.NotTested)));
        return Count(RuleOutcome.Fails) == 0 ? 0 : 1;
    }

    /// <summary>Null where something is unknown, stands twice, or lacks its value.</summary>
    private static Dictionary<string, string>? Read(string[] args)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < args.Length; at++)
        {
            var name = args[at];
            if (name != ByGet && (!Required.Append(FieldsFile).Contains(name) || at + 1 == args.Length))
            {
                return null;
            }

            if (!said.TryAdd(name, name == ByGet ? "" : args[++at]))
            {
                return null;
            }
        }

        return said;
    }

    private static async Task<IReadOnlyDictionary<string, string>?> FieldsAsync(string? file)
    {
        try
        {
            var fields = file is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?>>(await File.ReadAllTextAsync(file));
            var names = fields?.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value!);
            return names is not null && VendorRules.CheckFields(names) is null ? names : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
