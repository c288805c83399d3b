using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>The meetings of some environments, with their parts; none if the file names none. Tracked in a write.</summary>
internal sealed class MeetingRows
{
    private readonly List<Meeting> meetings = [];
    private readonly Dictionary<long, List<AttendeeType>> types = [];
    private readonly Dictionary<long, List<Ticket>> tickets = [];
    private readonly Dictionary<long, List<Agenda>> agendas = [];
    private readonly Dictionary<long, List<InvitationCode>> codes = [];

    /// <summary>Who has the ids of the question now.</summary>
    public required IReadOnlyDictionary<string, EnvironmentId> Owners { get; init; }

    public IEnumerable<string> Stamps =>
    [
        .. meetings.Select(m => Text($"m{m.Id}:{m.Version}")),
        .. types.Values.SelectMany(list => list).Select(t => Text($"y{t.Id}:{t.Version}")),
        .. tickets.Values.SelectMany(list => list).Select(t => Text($"k{t.Id}:{t.Version}")),
        .. agendas.Values.SelectMany(list => list).Select(a => Text($"a{a.Id}:{a.Version}")),
        .. codes.Values.SelectMany(list => list).Select(c => Text($"i{c.Id}:{c.Version}")),
    ];

    /// <summary>Each environment is walked into: the wall between them stands for an import too. Of other environments it learns whose an id is, and nothing else.</summary>
    public static async Task<MeetingRows> ReadAsync(ConsoleDb db, IEnumerable<ProjectEnvironment> environments, ProjectQuestion question)
    {
        var rows = new MeetingRows
        {
            Owners = await db.Set<Meeting>().IgnoreQueryFilters().Where(m => question.MeetingIds.Contains(m.Key)).ToDictionaryAsync(m => m.Key, m => m.EnvironmentId),
        };
        foreach (var environment in question.Meetings ? environments : [])
        {
            await db.EnterAsync(new Scope(environment.Id, environment.ProjectId));
            rows.meetings.AddRange(await db.Set<Meeting>().OrderBy(m => m.StartsAt).ThenBy(m => m.Id).ToListAsync());
            Group(await db.Set<AttendeeType>().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(), t => t.MeetingId, rows.types);
            Group(await db.Set<Ticket>().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(), t => t.MeetingId, rows.tickets);
            Group(await db.Set<Agenda>().OrderBy(a => a.StartsAt).ThenBy(a => a.Id).ToListAsync(), a => a.MeetingId, rows.agendas);
            Group(await db.Set<InvitationCode>().OrderBy(c => c.Id).ToListAsync(), c => c.MeetingId, rows.codes);
        }

        return rows;
    }

    public IReadOnlyList<MeetingDraft> Of(EnvironmentId environment) =>
    [
        .. meetings.Where(m => m.EnvironmentId == environment).Select(m => MeetingParts.Draft(m) with
        {
            AttendeeTypes = [.. Types(m).Select(MeetingParts.Draft)],
            Items = [.. Tickets(m).Select(MeetingParts.Draft)],
            Agendas = [.. Agendas(m).Select(MeetingParts.Draft)],
            InvitationCodes = [.. Codes(m).Select(MeetingParts.Draft)],
        }),
    ];

    public Meeting? Find(EnvironmentId environment, string? key) => meetings.FirstOrDefault(m => m.EnvironmentId == environment && m.Key == key);

    public IReadOnlyList<AttendeeType> Types(Meeting meeting) => types.GetValueOrDefault(meeting.Id, []);

    public IReadOnlyList<Ticket> Tickets(Meeting meeting) => tickets.GetValueOrDefault(meeting.Id, []);

    public IReadOnlyList<Agenda> Agendas(Meeting meeting) => agendas.GetValueOrDefault(meeting.Id, []);

    public IReadOnlyList<InvitationCode> Codes(Meeting meeting) => codes.GetValueOrDefault(meeting.Id, []);

    private static void Group<T>(List<T> rows, Func<T, long> meeting, Dictionary<long, List<T>> into)
    {
        foreach (var group in rows.GroupBy(meeting))
        {
            into[group.Key] = [.. group];
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
