using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform.StrictJson;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>What only the database knows of meetings: whose an id is, and what is taken of a limit.</summary>
internal static class MeetingJudge
{
    public static IEnumerable<JsonFault> Faults(ProjectFile file, ProjectFile result, ProjectRows rows, IStringLocalizer<ProjectFileTexts> texts) =>
        from place in Places(file).Select(p => (Of: false, p.Project, p.Environment, p.Kind, p.Meeting)).Concat(Places(result).Select(p => (Of: true, p.Project, p.Environment, p.Kind, p.Meeting)))
        let environment = rows.Environment(rows.Project(place.Project)?.Id, place.Kind)
        let at = $"{ImportPaths.Environment(place.Project, place.Environment, "meetings")}[{place.Meeting.Id}]"
        from fault in place.Of
            ? environment is not null && rows.Meetings.Find(environment.Id, place.Meeting.Id) is { } row ? Limits(place.Meeting, row, rows.Meetings, at, texts) : []
            : place.Meeting.Id is { } id && rows.Meetings.Owners.TryGetValue(id, out var owner) && owner != environment?.Id ? [new JsonFault(at + ".id", texts["Fault.MeetingTaken"])] : []
        select fault;

    private static IEnumerable<(string Project, string Environment, EnvironmentKind Kind, MeetingDraft Meeting)> Places(ProjectFile file) =>
        from project in file.Projects ?? []
        from named in KeptSections.Environments
        from meeting in (named.Value == EnvironmentKind.Development ? project.Environments?.Development : project.Environments?.Production)?.Meetings ?? []
        select (project.Code, named.Key, named.Value, meeting);

    private static IEnumerable<JsonFault> Limits(MeetingDraft draft, Meeting row, MeetingRows rows, string at, IStringLocalizer<ProjectFileTexts> texts)
    {
        var tickets = rows.Tickets(row).ToDictionary(t => t.Key, t => t.Taken);
        var agendas = rows.Agendas(row).ToDictionary(a => a.Key, a => a.Taken);
        var codes = rows.Codes(row).ToDictionary(c => c.Code, c => c.Uses);
        return new[] { (Path: at + ".capacity", Limit: draft.Capacity, row.Taken) }
            .Concat((draft.Items ?? []).Select(i => (Path: $"{at}.items[{i.SkuId}].quota", Limit: i.Quota, Taken: tickets.GetValueOrDefault(i.SkuId ?? ""))))
            .Concat((draft.Agendas ?? []).Select(a => (Path: $"{at}.agendas[{a.Id}].capacity", Limit: a.Capacity, Taken: agendas.GetValueOrDefault(a.Id ?? ""))))
            .Concat((draft.InvitationCodes ?? []).Select(c => (Path: $"{at}.invitationCodes[{c.Code}].maxUses", Limit: c.MaxUses, Taken: codes.GetValueOrDefault(c.Code))))
            .Where(l => l.Limit < l.Taken)
            .Select(l => new JsonFault(l.Path, texts["Fault.BelowTaken", l.Taken]));
    }
}
