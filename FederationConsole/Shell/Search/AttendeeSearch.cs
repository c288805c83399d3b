using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Search;

/// <summary>Attendees of all meetings of the environment by order number, check-in code, mobile or e-mail.</summary>
internal sealed class AttendeeSearch(RegistrationAdmin registrations, IStringLocalizer<ShellTexts> texts) : ISearchSource
{
    private const int MostHits = 5;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken)
    {
        var found = await registrations.SearchAsync(context.Actor, context.Environment.Id, text, MostHits, cancellationToken);
        return found.Ok ? [.. found.Value.Select(detail => Show(context, text, detail))] : [];
    }

    private SearchHit Show(ConsoleContext context, string text, OrderDetail detail)
    {
        var (order, attendee, key) = (detail.Order, detail.Attendee, detail.Meeting.Meeting.Key);
        var (kind, page) = order.Number == text ? ("Search.Order", "orders") : ("Search.Attendee", "attendees");
        return new(
            texts[kind], order.Number == text || attendee.Name.Length == 0 ? order.Number : attendee.Name, detail.Meeting.Meeting.Name,
            $"{MeetingTabs.Address(context, key, page)}?order={order.Number}", "event");
    }
}
