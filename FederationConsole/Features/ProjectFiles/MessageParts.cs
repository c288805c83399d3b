using System.Globalization;
using System.Text.Json.Nodes;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>Where a provider of messages stands in a project.</summary>
internal readonly record struct MessagePlace(EnvironmentKind Environment, MessageChannel Channel);

/// <summary>A provider of a file, parted into what is shown and what is sealed.</summary>
internal sealed record MessageParts(MessageProvider Provider, SortedDictionary<string, string> Settings, SortedDictionary<string, string> Secrets)
{
    private const string Port = "port";

    /// <summary>The key in the file.</summary>
    public static string Section(MessageChannel channel) => channel == MessageChannel.Sms ? "sms" : "mail";

    public static Dictionary<MessagePlace, MessageParts> In(JsonObject? project) => KeptSections.Environments
        .SelectMany(e => Enum.GetValues<MessageChannel>().Select(channel => (Place: new MessagePlace(e.Value, channel), Json: project?["environments"]?[e.Key]?[Section(channel)] as JsonObject)))
        .Where(m => m.Json is not null)
        .ToDictionary(m => m.Place, m => Of(m.Json!));

    public static MessageParts Of(JsonObject section)
    {
        var provider = Enum.GetValues<MessageProvider>().First(p => Word(p) == (string)section["provider"]!);
        var secrets = MessageRules.Forms[provider].AllSecrets.ToHashSet(StringComparer.Ordinal);
        var values = section.Where(p => p.Value is not null && p.Key != "provider").ToLookup(p => secrets.Contains(p.Key), p => KeyValuePair.Create(p.Key, p.Value!.ToString()));
        return new(provider, Sorted(values[false]), Sorted(values[true]));
    }

    public static JsonObject Json(MessageProvider provider, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> secrets)
    {
        var node = new JsonObject { ["provider"] = Word(provider) };
        foreach (var (name, value) in settings.Concat(secrets))
        {
            node[name] = name == Port ? int.Parse(value, CultureInfo.InvariantCulture) : value;
        }

        return node;
    }

    private static string Word(MessageProvider provider) => StrictJsonReader.Words.ConvertName(provider.ToString());

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> values) => new(values.ToDictionary(), StringComparer.Ordinal);
}
