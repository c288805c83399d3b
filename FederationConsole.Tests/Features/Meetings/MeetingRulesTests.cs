using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;

namespace FederationConsole.Tests.Features.Meetings;

public sealed class MeetingRulesTests
{
    private static readonly DateTimeOffset Noon = new(2036, 12, 1, 12, 0, 0, TimeSpan.FromHours(8));

    private static readonly FieldDraft Industry = new()
    {
        Name = "Industry", Label = "行业", Type = AttributeType.Enum, Options = [new("it", "信息技术"), new("other", "其他")],
    };

    private static readonly FieldDraft Child = new() { Name = "Child", Label = "带孩子", Type = AttributeType.Boolean };

    [Fact]
    public void A_field_is_shown_by_an_earlier_field_that_has_choices()
    {
        Assert.Null(Form(Industry, Line("More", new("Industry", ["other"]))));
        Assert.Null(Form(Child, Line("Age", new("Child", ["true"]))));
        Assert.Equal("fields[0].showIf.field", Form(Line("More", new("Industry", ["other"])), Industry));
        Assert.Equal("fields[1].showIf.field", Form(Line("Company"), Line("More", new("Company", ["x"]))));
        Assert.Equal("fields[0].showIf.field", Form(Industry with { ShowIf = new("Industry", ["it"]) }));
        Assert.Equal("fields[0].showIf.field", Form(Line("More", new("Nothing", ["x"]))));
        Assert.Equal("fields[1].showIf.values[1]", Form(Industry, Line("More", new("Industry", ["it", "farming"]))));
        Assert.Equal("fields[1].showIf.values[0]", Form(Child, Line("Age", new("Child", ["yes"]))));
        Assert.Equal("fields[1].showIf.values", Form(Industry, Line("More", new("Industry", []))));
    }

    [Theory]
    [InlineData("Mobile")]
    [InlineData("Email")]
    [InlineData("FullName")]
    public void What_a_message_goes_to_is_a_text(string name)
    {
        Assert.Null(Form(Line(name)));
        Assert.Equal("fields[0].type", Form(Child with { Name = name }));
    }

    [Fact]
    public void Names_of_fields_differ_in_more_than_their_case()
    {
        Assert.Equal("fields[1].name", Form(Line("Email"), Line("email")));
        Assert.Equal("fields[0].name", Form(Line("1st")));
        Assert.Equal("fields[0].options", Form(Industry with { Options = null }));
    }

    [Fact]
    public void Times_come_in_their_order()
    {
        var meeting = new MeetingDraft { Name = "大会", StartsAt = Noon, EndsAt = Noon.AddHours(1), Description = "一\n二" };
        Assert.Null(MeetingRules.Check(meeting));
        Assert.Equal("endsAt", MeetingRules.Check(meeting with { EndsAt = Noon })?.Field);
        Assert.Equal("closesAt", MeetingRules.Check(meeting with { OpensAt = Noon, ClosesAt = Noon })?.Field);
        Assert.Equal("name", MeetingRules.Check(meeting with { Name = "" })?.Field);
        Assert.Equal("description", MeetingRules.Check(meeting with { Description = "\t" })?.Field);
        var ticket = new TicketDraft { Name = "票", Price = 9.99m, Quota = 1, SaleFrom = Noon, SaleUntil = Noon.AddDays(1) };
        Assert.Null(MeetingRules.Check(ticket));
        Assert.Equal("saleUntil", MeetingRules.Check(ticket with { SaleUntil = Noon.AddDays(-1) })?.Field);
        Assert.Equal("price", MeetingRules.Check(ticket with { Price = 0.001m })?.Field);
        Assert.Equal("quota", MeetingRules.Check(ticket with { Quota = 0 })?.Field);
        Assert.Equal("endsAt", MeetingRules.Check(new AgendaDraft { Name = "论坛", StartsAt = Noon, EndsAt = Noon })?.Field);
        Assert.Equal("code", MeetingRules.Check(new CodeDraft { Code = "a b" })?.Field);
        Assert.Equal("hoursBefore", MeetingRules.Check(new MessageDraft { Kind = MeetingMessageKind.Reminder })?.Field);
        Assert.Equal("hoursBefore", MeetingRules.Check(new MessageDraft { Kind = MeetingMessageKind.Confirmation, HoursBefore = 1 })?.Field);
    }

    [Fact]
    public void A_draft_of_a_row_is_what_made_it()
    {
        var draft = new AttendeeTypeDraft { Name = "嘉宾", InvitationOnly = true, Fields = [Industry, Line("More", new("Industry", ["other"])) with { Required = true, Help = "x" }] };
        var row = new AttendeeType { Key = "k", Name = "" };
        MeetingParts.Set(row, draft);
        var again = new AttendeeType { Key = "k", Name = "" };
        MeetingParts.Set(again, MeetingParts.Draft(row));
        Assert.Equal(row.Fields, again.Fields);
        Assert.Equal(["other"], again.Fields[1].ShowIf!.Values);
        Assert.Null(MeetingRules.Check(MeetingParts.Draft(row)));
    }

    private static FieldDraft Line(string name, ShowIf? showIf = null) => new() { Name = name, Label = name, Type = AttributeType.String, ShowIf = showIf };

    /// <summary>The place of the first fault of a form; null if it is one.</summary>
    private static string? Form(params FieldDraft[] fields) => MeetingRules.Check(new AttendeeTypeDraft { Name = "嘉宾", Fields = fields })?.Field;
}
