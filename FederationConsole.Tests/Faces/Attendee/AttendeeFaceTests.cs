using System.Net;
using System.Text.Json;
using FederationConsole.Tests.Faces.OpenApi;
using FederationConsole.Tests.Support;
using static FederationConsole.Tests.Support.MeetingWorld;

namespace FederationConsole.Tests.Faces.Attendee;

/// <summary>Seed 001 on the wire.</summary>
public sealed class AttendeeFaceTests
{
    private const string Register = "/op/notoken/api/Attendee/v1/Register";

    /// <summary>The seed's own request, ids and contacts filled in.</summary>
    private static string Seed(string mobile = "15647474728", string meeting = "meeting-1") => $$"""
        {
        "bventId": "{{meeting}}",
        "AttendeeTypeId": "guest",
        "Attendee": {
        "Fields": [{
        "fieldName": "FullName",
        "fieldValue": "test姓名"
        },
        {
        "fieldName": "Mobile",
        "fieldValue": "{{mobile}}"
        },
        {
        "fieldName": "Company",
        "fieldValue": "公司测试"
        }
        ]
        },
        "Items": [{
        "ItemSkuId": "free",
        "ItemSkuName": "嘉宾",
        "Quantity": 1
        }]
        }
        """;

    [Theory, BothDatabases]
    public async Task The_seeds_example_is_answered_as_the_seed_prints_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.MeetingAsync();

        var answer = await world.CallAsync(Register, Seed());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        const string Id = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
        Assert.Matches(
            $$$"""^{"businessMessage":"","businessCode":0,"data":{"status":0,"orderId":"{{{Id}}}","orderNo":"[0-9]{19}","orderStatus":"Paid","orderAmount":0\.0,"orderType":"Main","orderAttendees":\[{"attendeeId":"{{{Id}}}","attendeeAbstractType":0,"name":"test姓名","mobile":"15647474728","status":"","checkinCode":"[1-9][0-9]{18}"}\]}}$""",
            answer.Text);
    }

    [Fact]
    public async Task Every_code_of_the_table()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.MeetingAsync(quota: 2);
        await world.MeetingAsync("closed", adjust: m => m.ClosesAt = m.CreatedAt);

        var first = await Code(0, Seed());
        await Code(40001, "{");
        await Code(40001, "[]");
        await Code(40001, Seed().Replace("\"meeting-1\"", "7", StringComparison.Ordinal));
        await Code(40001, Seed().Replace("\"Quantity\": 1", "\"Quantity\": \"many\"", StringComparison.Ordinal));
        await Code(40001, Seed().Replace("\"fieldValue\": \"公司测试\"", "\"fieldValue\": {}", StringComparison.Ordinal));
        await Code(40001, Seed().Replace("\"Quantity\": 1", "\"Quantity\": null", StringComparison.Ordinal), "items[0].quantity");
        await Code(40001, Seed().Replace("\"fieldName\": \"Company\"", "\"fieldName\": \"\"", StringComparison.Ordinal), "attendee.fields[2].fieldName");
        await Code(40001, Seed().Replace("\"Items\"", "\"Agendas\":[null],\"Items\":[null],\"ignored\"", StringComparison.Ordinal), "items[0]");
        await Code(40001, Seed().Replace("test姓名", "", StringComparison.Ordinal), "姓名");
        await Code(40002, Seed(meeting: "no-meeting"));
        await Code(40003, Seed().Replace("\"guest\"", "\"nobody\"", StringComparison.Ordinal));
        await Code(40004, Seed(""));
        await Code(40005, Seed(Mobile(1)).Replace("Company", "Industry", StringComparison.Ordinal), "行业");
        await Code(40006, Seed(Mobile(1)).Replace("\"free\"", "\"dearer\"", StringComparison.Ordinal));
        await Code(40009, Seed(Mobile(1)).Replace("\"guest\"", "\"press\"", StringComparison.Ordinal));
        await Code(40010, Seed(Mobile(1), "closed"));
        await Code(40011, Seed(Mobile(1)).Replace("\"Items\"", "\"Agendas\":[{\"agendaId\":\"dinner\"}],\"Items\"", StringComparison.Ordinal), "晚宴");

        var again = await Code(40008, Seed());
        Assert.Equal(first.GetProperty("orderNo").GetString(), again.GetProperty("orderNo").GetString());
        var known = again.GetProperty("orderAttendees")[0];
        // Whoever knows a mobile may ask; they get neither the name nor the way in.
        Assert.Equal(("", false), (known.GetProperty("checkinCode").GetString(), known.GetProperty("name").GetString() == "test姓名"));
        var organiser = await world.CallAsync(Register, Seed(), await world.AppTokenAsync(world.AppKey));
        Assert.Equal(first.GetProperty("orderAttendees").GetRawText(), organiser.Json.GetProperty("data").GetProperty("orderAttendees").GetRawText());
        var neighbour = await world.CallAsync(Register, Seed(), await world.AppTokenAsync(world.ProductionAppKey));
        Assert.Equal(again.GetRawText(), neighbour.Json.GetProperty("data").GetRawText());

        await Code(0, Seed(Mobile(1)));
        await Code(40007, Seed(Mobile(2)), "嘉宾票");

        async Task<JsonElement> Code(int code, string body, string? names = null)
        {
            var answer = await world.CallAsync(Register, body);
            Assert.True(answer.Status == HttpStatusCode.OK && answer.Business() == code && (names is null || answer.Says().Contains(names, StringComparison.Ordinal)), $"{code}: {answer.Text}");
            return answer.Json.GetProperty("data");
        }
    }

    [Fact]
    public async Task Names_are_taken_in_any_case_and_values_in_any_type_that_fits()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.MeetingAsync(dearFen: 19900);

        var answer = await world.CallAsync(Register, """
            {"BVENTID":"meeting-1","attendeetypeid":"guest","ATTENDEE":{"fields":[{"FIELDNAME":"FULLNAME","FIELDVALUE":"甲"},{"fieldname":"mobile","fieldvalue":13812345678},
             {"FieldName":"age","FieldValue":30},{"FieldName":"topics","FieldValue":["ai","db"]},{"FieldName":"nobody's","FieldValue":null}]},
             "purchaser":{"name":"乙","areacode":"+852","mobile":"51234567"},"items":[{"itemskuid":"dear","quantity":" 1 "}],"agendas":null,"invitationcode":"","other":{}}
            """);

        answer.IsDone();
        var data = answer.Json.GetProperty("data");
        Assert.Equal(("PendingPayment", "199.0"), (answer.Data("orderStatus"), data.GetProperty("orderAmount").GetRawText()));
        var token = await world.AppTokenAsync(world.AppKey);
        var detail = await world.AskAsync("/op/api/Order/v1/detail?orderNo=" + answer.Data("orderNo"), token);
        var purchaser = detail.Json.GetProperty("data").GetProperty("purchaser");
        Assert.Equal(("+852", "51234567"), (purchaser.GetProperty("areaCode").GetString(), purchaser.GetProperty("mobile").GetString()));
        var list = await world.CallAsync("/op/api/Attendee/v1/list", """{"BventId":"meeting-1"}""", token);
        Assert.Equal(
            """[{"fieldName":"Age","fieldValue":"30"},{"fieldName":"FullName","fieldValue":"甲"},{"fieldName":"Mobile","fieldValue":"+8613812345678"},{"fieldName":"Topics","fieldValue":"[\"ai\",\"db\"]"}]""",
            list.Json.GetProperty("data").GetProperty("attendees")[0].GetProperty("fields").GetRawText());
    }

    [Fact]
    public async Task What_register_needs_is_listed_as_the_vendor_prints_it()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.MeetingAsync(quota: 1);
        (await world.CallAsync(Register, Seed())).IsDone();

        var answer = await world.CallAsync("/op/api/AttendeeType/v1/list", """{"bventId":"meeting-1"}""");

        Assert.StartsWith(
            """{"businessCode":0,"businessMessage":"","data":{"attendeeTypes":[{"id":"guest","name":"嘉宾","tickets":[{"id":"free","name":"嘉宾票","isCanSale":false,"relationAgendasTree":[{"id":"free/morning","skuId":"free","agendaId":"morning"},""",
            answer.Text, StringComparison.Ordinal);
        var guest = answer.Json.GetProperty("data").GetProperty("attendeeTypes")[0];
        Assert.True(guest.GetProperty("tickets")[1].GetProperty("isCanSale").GetBoolean());
        Assert.Equal(
            """{"fieldName":"Industry","displayName":"行业","fieldOptions":[{"id":"Industry/it","code":"it","optionDescribe":"信息技术"},{"id":"Industry/other","code":"other","optionDescribe":"其他"}]}""",
            guest.GetProperty("fields")[5].GetRawText());
        Assert.Equal(40002, (await world.CallAsync("/op/api/AttendeeType/v1/list", """{"bventId":"no"}""")).Business());
    }

    [Theory, BothDatabases]
    public async Task An_organisers_server_pays_checks_in_and_cancels_and_sees_its_own_environment_alone(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.MeetingAsync();
        var (token, stranger) = (await world.AppTokenAsync(world.AppKey), await world.AppTokenAsync(world.ProductionAppKey));
        var data = (await world.CallAsync(Register, Seed().Replace("\"free\"", "\"dear\"", StringComparison.Ordinal))).Json.GetProperty("data");
        var (number, code) = (data.GetProperty("orderNo").GetString()!, data.GetProperty("orderAttendees")[0].GetProperty("checkinCode").GetString()!);

        Assert.Equal(40013, await CodeAsync("Attendee/v1/CheckIn", new { checkinCode = code }));
        Assert.Equal(0, await CodeAsync("Order/v1/pay", new { orderNo = number }));
        var entered = await world.CallAsync("/op/api/Attendee/v1/CheckIn", new { CheckinCode = code }, token);
        entered.IsDone();
        var second = await world.CallAsync("/op/api/Attendee/v1/CheckIn", new { CheckinCode = code }, token);
        Assert.Equal((40012, entered.Data("checkedInAt")), (second.Business(), second.Data("checkedInAt")));
        Assert.Equal(40013, await CodeAsync("Order/v1/cancel", new { orderNo = number }));

        foreach (var (path, body, expected) in new (string, object, int)[]
        {
            ("Attendee/v1/CheckIn", new { checkinCode = code }, 404), ("Order/v1/cancel", new { orderNo = number }, 404), ("Order/v1/pay", new { orderNo = number }, 404),
            ("Attendee/v1/list", new { bventId = "meeting-1" }, 40002),
        })
        {
            Assert.Equal(expected, (await world.CallAsync("/op/api/" + path, body, stranger)).Business());
            var bare = await world.CallAsync("/op/api/" + path, body, "no-token");
            Assert.Equal((HttpStatusCode.Unauthorized, 401), (bare.Status, bare.Business()));
        }

        Assert.Equal(404, (await world.AskAsync("/op/api/Order/v1/detail?orderNo=" + number, stranger)).Business());
        Assert.Equal("Paid", (await world.AskAsync("/op/api/Order/v1/detail?orderNo=" + number, token)).Json.GetProperty("data").GetProperty("order").GetProperty("orderStatus").GetString());
        Assert.Equal(40001, await CodeAsync("Attendee/v1/list", new { bventId = "meeting-1", pageSize = 1000 }));
        Assert.Equal(HttpStatusCode.NotFound, (await world.CallAsync("/op/api/Nothing", new { }, token)).Status);

        async Task<int> CodeAsync(string path, object body) => (await world.CallAsync("/op/api/" + path, body, token)).Business();
    }
}
