using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Attendee.Pages;

/// <summary>
/// <c>/m/register/{meeting}</c>: people register by the form that Register takes. Works without its script, which only shows and hides. It goes
/// by no cookie: a form that another site sends is no more than a call of Register.
/// </summary>
internal sealed class RegisterPage(MeetingCatalog meetings, RegistrationService registrations, RegistrationReader reader, GuessGuard guard, TimeProvider clock)
{
    private const long MaxForm = 64 * 1024;

    public async Task ShowAsync(HttpContext http)
    {
        if (await OpenAsync(http) is { } meeting)
        {
            await (await PageAsync(meeting, TypeOf(meeting, http), Filled.Empty(Tokens.New()), [], null)).WriteAsync(http);
        }
    }

    public async Task SendAsync(HttpContext http)
    {
        if (await OpenAsync(http) is not { } meeting)
        {
            return;
        }

        if (TypeOf(meeting, http) is not { } type)
        {
            await (await PageAsync(meeting, null, Filled.Empty(Tokens.New()), [], null)).WriteAsync(http);
            return;
        }

        if (await FormAsync(http) is not { } form)
        {
            var unread = await PageAsync(meeting, type, Filled.Empty(Tokens.New()), [], AttendeeTexts.Get("Page.Unread"));
            await (unread with { Status = StatusCodes.Status400BadRequest }).WriteAsync(http);
            return;
        }

        var filled = Filled.Read(form, type);
        var done = await registrations.RegisterAsync(meeting, filled.Asked(type), OrderOrigin.Page, filled.Key);
        if (done.Value is Registered made)
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.Location = TicketPage.Path(made.Attendee.CheckinCode);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            return;
        }

        if (done.Value is Existing)
        {
            // Whoever knows a mobile could type it here: neither name nor ticket is shown.
            await RegisterViews.Notice(AttendeeTexts.Get("Page.Existing"), AttendeeTexts.Get("Page.ExistingText"), StatusCodes.Status409Conflict).WriteAsync(http);
            return;
        }

        var fault = done.Fault!;
        guard.Count(http.Connection.RemoteIpAddress?.ToString(), fault.Kind);
        if (fault.Field == RegistrationService.KeyField)
        {
            // Sent before, then changed by the browser's way back: another registration, if they mean it.
            await (await PageAsync(meeting, type, filled with { Key = Tokens.New() }, [], AttendeeTexts.Get("Page.SentBefore"))).WriteAsync(http);
            return;
        }

        var wrong = RegistrationForm.Read(type, filled.Fields).Faults;
        var page = await PageAsync(meeting, type, filled, wrong, wrong.Count > 0 ? AttendeeTexts.Get("Page.Check") : Words(fault));
        await (page with { Status = StatusCodes.Status422UnprocessableEntity }).WriteAsync(http);
    }

    /// <summary>For people: without the name that a field has on the wire, where there is a sentence.</summary>
    private static string Words(Fault fault) => fault.Kind switch
    {
        FaultKind.Missing => AttendeeTexts.Get("Page.PickTicket"),
        FaultKind.Invalid when fault.Detail is { } said => said,
        _ => AttendeeFace.Message(fault, AttendeeFace.Code(fault.Kind)),
    };

    /// <summary>The meeting, or the page that says why there is none, which is then sent.</summary>
    private async Task<MeetingEntry?> OpenAsync(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress?.ToString();
        if (guard.Refuse(address) is { } refused)
        {
            await RegisterViews.TooMany(http, refused);
            return null;
        }

        if (meetings.Find((string)http.Request.RouteValues["meeting"]!) is { } meeting)
        {
            return meeting;
        }

        guard.Count(address, FaultKind.UnknownMeeting);
        await RegisterViews.Notice(AttendeeTexts.Get("Code_40002"), AttendeeTexts.Get("Page.NoMeeting"), StatusCodes.Status404NotFound).WriteAsync(http);
        return null;
    }

    private static AttendeeType? TypeOf(MeetingEntry meeting, HttpContext http) =>
        meeting.Type(http.Request.Query["type"].ToString()) ?? (meeting.Types.Count == 1 ? meeting.Types[0] : null);

    /// <summary>What stands at this moment: closed, all gone, who you are, or the form.</summary>
    private async Task<LightPage> PageAsync(MeetingEntry meeting, AttendeeType? type, Filled filled, IReadOnlyList<KeyValuePair<string, Fault>> wrong, string? alarm)
    {
        var now = clock.GetUtcNow();
        if (RegistrationPlan.StateOf(meeting.Meeting, now) is not RegistrationState.Open and var state)
        {
            return RegisterViews.Closed(meeting, AttendeeTexts.Get("Page.State_" + state), state == RegistrationState.NotYet ? meeting.Meeting.OpensAt : null);
        }

        var left = await reader.LeftAsync(meeting);
        return meeting.Types.Count == 0 || meeting.Tickets.All(t => left.Of(t) == 0) ? RegisterViews.Closed(meeting, AttendeeTexts.Get("Page.SoldOut"), null)
            : type is null ? RegisterViews.Types(meeting)
            : RegisterViews.Form(new(meeting, type, left, filled, wrong.ToDictionary(w => w.Key, w => w.Value), alarm, now));
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        try
        {
            return http.Request is { HasFormContentType: true, ContentLength: <= MaxForm } ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>The form as it came back.</summary>
/// <param name="Key">Tells one filling-in from another: sent twice, it registers once.</param>
internal sealed record Filled(string Key, string Ticket, int Quantity, IReadOnlyList<string> Agendas, string InvitationCode, IReadOnlyList<AskedField> Fields)
{
    public const string KeyInput = "key";
    public const string TicketInput = "ticket";
    public const string QuantityInput = "quantity";
    public const string AgendaInput = "agenda";
    public const string CodeInput = "code";

    /// <summary>Before a field's name, so that none can be one of the above.</summary>
    public const string FieldPrefix = "f.";

    public static Filled Empty(string key) => new(key, "", 1, [], "", []);

    public static Filled Read(IFormCollection form, AttendeeType type) => new(
        form[KeyInput].ToString() is { Length: > 0 and <= RegistrationAsked.MaxKey } key ? key : Tokens.New(),
        form[TicketInput].ToString(), int.TryParse(form[QuantityInput], CultureInfo.InvariantCulture, out var quantity) ? quantity : 1,
        [.. form[AgendaInput].OfType<string>()], form[CodeInput].ToString(),
        [.. RegistrationForm.Asked(type).Select(f => new AskedField(f.Name, Typed(f, form[FieldPrefix + f.Name])))]);

    public string Value(string field) => Fields.FirstOrDefault(f => f.Name == field)?.Value ?? "";

    public RegistrationAsked Asked(AttendeeType type) => new(type.Key, Fields, Ticket.Length == 0 ? [] : [new(Ticket, Quantity)])
    {
        Agendas = [.. Agendas.Select(a => new AskedAgenda(a, null))], InvitationCode = InvitationCode,
    };

    /// <summary>A browser's date and time has no zone: it is that of China, which the page says.</summary>
    private static string Typed(FormField field, Microsoft.Extensions.Primitives.StringValues sent) =>
        field.Type == AttributeType.Datetime && sent.ToString() is { Length: 16 } local ? local + ":00+08:00" : string.Join(AttributeValue.Separator, sent.OfType<string>());
}
