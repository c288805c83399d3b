using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.LoginPolicies;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform.StrictJson;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Promotion;

/// <summary>Shows changes; it reads and counts nothing.</summary>
public sealed partial class DifferenceTable
{
    private static readonly string[] Flags = ["library", "required", "unique", "readOnly"];

    /// <summary>By the words of a project file.</summary>
    private static readonly Dictionary<string, string> Types =
        Enum.GetNames<AttributeType>().ToDictionary(StrictJsonReader.Words.ConvertName, StringComparer.Ordinal);

    private const string Withheld = "withheldSources";

    [Inject] private IStringLocalizer<LoginPolicyTexts> Policies { get; set; } = default!;
    [Inject] private IStringLocalizer<AttributeTexts> Attributes { get; set; } = default!;
    [Inject] private IStringLocalizer<SourceTexts> Sources { get; set; } = default!;

    [Parameter, EditorRequired] public required IReadOnlyList<PromotionChange> Changes { get; set; }

    /// <summary>Headings of the two sides, where they are not production and what it would be.</summary>
    [Parameter] public string? Left { get; set; }

    [Parameter] public string? Right { get; set; }

    /// <summary>Whether it says whom each change touches.</summary>
    [Parameter] public bool Touched { get; set; } = true;

    private static Tone ToneOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => Tone.Good,
        ChangeKind.Removed => Tone.Bad,
        _ => Tone.Warn,
    };

    private string NameOf(PromotionChange change) => change.Subject switch
    {
        ChangeSubject.Attribute => change.Name,
        ChangeSubject.Order => T["Order.Name"],
        _ => Policies[$"Field.{change.Id}"],
    };

    private string Show(PromotionChange change, string property, string? value) => value switch
    {
        // An attribute says its flags only when they are set; where there is no attribute on that side, there is no flag either.
        null when change.Kind == ChangeKind.Changed && Flags.Contains(property) => T["Value.false"],
        null when change.Kind != ChangeKind.Changed => "—",
        null or "" => T["Value.none"],
        _ when property == "type" => Attributes[$"Type.{Types[value]}"],
        "true" => T["Value.true"],
        "false" => T["Value.false"],
        _ when change.Id == Withheld => string.Join(", ", value.Split(", ").Select(SourceName)),
        _ => value,
    };

    /// <summary>Since when a policy holds.</summary>
    private string? Note(PromotionChange change) => change.Subject == ChangeSubject.Policy ? T[$"Note.{PolicyRules.Fields.First(f => f.Name == change.Id).Group}"].Value : null;

    private string Say(Touch touch)
    {
        var users = touch.Users.ToString("N0", CultureInfo.InvariantCulture);
        return T[$"Touch.{touch.Kind}", users, touch.Kind == TouchKind.OfSource ? SourceName(touch.Of!) : touch.Of ?? ""];
    }

    private string SourceName(string number) => Sources[$"Kind.{(SourceKind)int.Parse(number, CultureInfo.InvariantCulture)}"];
}
