using System.Text.Json;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Meetings;

/// <summary>What holds between places of a meeting, and the table of <see cref="MeetingShapes"/> asked of one part by itself.</summary>
public static class MeetingRules
{
    private static readonly IReadOnlyList<Rule> OfType = Form("$");

    /// <summary>For a project file.</summary>
    /// <param name="meeting">Path of a meeting, with holes.</param>
    public static IReadOnlyList<Rule> Between(string meeting) =>
    [
        .. Form(meeting + ".attendeeTypes[{type}]"),
        new ReferenceRule(meeting + ".(items|invitationCodes)[*].attendeeTypeIds[*]", meeting + ".attendeeTypes[*].id"),
        new ReferenceRule(meeting + ".agendas[*].parentSkuId", meeting + ".items[*].skuId"),
    ];

    /// <summary>
    /// Fault: <see cref="FaultKind.Invalid"/> with the first place at fault as a path without its root, such as <c>fields[1].label</c>, and
    /// what is allowed there. What the part refers to (types, tickets) is the service's to find.
    /// </summary>
    public static Fault? Check(MeetingDraft meeting) => First(meeting, MeetingShapes.Whole);

    /// <inheritdoc cref="Check(MeetingDraft)"/>
    public static Fault? Check(AttendeeTypeDraft type) => First(type, MeetingShapes.AttendeeType, OfType);

    /// <inheritdoc cref="Check(MeetingDraft)"/>
    public static Fault? Check(TicketDraft ticket) => First(ticket, MeetingShapes.Ticket);

    /// <inheritdoc cref="Check(MeetingDraft)"/>
    public static Fault? Check(AgendaDraft agenda) => First(agenda, MeetingShapes.Agenda);

    /// <inheritdoc cref="Check(MeetingDraft)"/>
    public static Fault? Check(CodeDraft code) => First(code, MeetingShapes.InvitationCode);

    /// <inheritdoc cref="Check(MeetingDraft)"/>
    public static Fault? Check(MessageDraft message) => First(message, MeetingMessageShapes.Message);

    private static IReadOnlyList<Rule> Form(string type) =>
        [new UniqueRule(type + ".fields[*].name") { IgnoreCase = true }, new FormRule(type + ".fields")];

    private static Fault? First<T>(T part, Shape shape, params IReadOnlyList<Rule> rules)
    {
        var json = JsonSerializer.SerializeToElement(part, StrictJsonReader.Options);
        var faults = new JsonFaults();
        shape.Check(json, JsonPath.Root, faults);
        var leaves = Rule.Leaves(json, JsonPath.Root).ToArray();
        foreach (var rule in rules)
        {
            rule.Check(leaves, faults);
        }

        return faults.All.Count == 0 ? null : new Fault(FaultKind.Invalid, faults.All[0].Path[2..], InWords(faults.All[0], shape));
    }

    /// <summary>Who fills in a form knows the other time by what stands above it, not by its key in a file.</summary>
    private static string InWords(JsonFault fault, Shape shape) =>
        shape is ObjectShape { InOrder: var order } && order.FirstOrDefault(pair => pair.Second == fault.Path[2..]).First is { } first
            ? MeetingTexts.Say("Form.After", MeetingTexts.Say($"Field_{char.ToUpperInvariant(first[0])}{first[1..]}"))
            : fault.Message;
}
