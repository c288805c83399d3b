using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Users;
using FederationConsole.Features.Users.Imports;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static FederationConsole.Tests.Support.Schemas;

namespace FederationConsole.Tests.Features.Users;

/// <summary>Attributes of users as administrators write them: in the form, in a file, and away.</summary>
public sealed class UserAttributeTests
{
    [Theory, BothDatabases]
    public async Task Who_makes_a_user_gives_what_is_required_and_may_write_what_users_only_read(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City with { Required = true }, Level with { Required = true }, Badge);
        var (editor, admin, here) = (world.Get<UserEditor>(), world.As(Role.Operator), world.Development.Id);
        (Dictionary<string, string?>? Given, FaultKind Kind, string Field)[] refused =
        [
            (null, FaultKind.Missing, "city"),
            (new() { ["city"] = "上海" }, FaultKind.Missing, "level"),
            (new() { ["city"] = "上海", ["level"] = "10" }, FaultKind.Invalid, "level"),
            (new() { ["city"] = "上海", ["level"] = "1", ["colour"] = "red" }, FaultKind.Invalid, "colour"),
        ];
        foreach (var (given, kind, field) in refused)
        {
            var fault = (await editor.CreateAsync(admin, here, new("ming"), null, given)).Fault;
            Assert.Equal((kind, field), (fault?.Kind, fault?.Field));
        }

        Assert.Equal(0, await world.CountAsync());
        var ming = World.Value(await editor.CreateAsync(admin, here, new("ming"), null, new Dictionary<string, string?> { ["city"] = " 上海 ", ["level"] = "1", ["badge_no"] = "A1" }));
        Assert.Equal(["badge_no=A1", "city=上海", "level=1"], await world.AttributesAsync(ming));
        Assert.Equal(["user.created"], await world.AuditAsync(ming.ToString()));
        Assert.Equal(["user.created"], (await world.EventsAsync(ming)).Select(e => e.Type));

        var taken = (await editor.CreateAsync(admin, here, new("li"), null, new Dictionary<string, string?> { ["city"] = "上海", ["level"] = "1", ["badge_no"] = "A1" })).Fault;
        Assert.Equal((FaultKind.Taken, "badge_no"), (taken?.Kind, taken?.Field));
    }

    [Theory, BothDatabases]
    public async Task A_save_writes_what_was_typed_beside_the_rest_under_one_version(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City, Hobbies);
        var (editor, admin, here) = (world.Get<UserEditor>(), world.As(Role.Operator), world.Development.Id);
        var id = World.Value(await editor.CreateAsync(admin, here, new("ming"), null));
        var version = (await world.UserAsync(id)).Version;

        World.Done(await editor.SaveAsync(admin, here, id, new("ming", Nickname: "小明"), version, new Dictionary<string, string?> { ["hobbies"] = "read; run" }));
        Assert.Equal(FaultKind.Changed, (await editor.SaveAsync(admin, here, id, new("ming"), version, new Dictionary<string, string?> { ["city"] = "上海" })).Fault?.Kind);
        Assert.Equal(["hobbies=[\"run\",\"read\"]"], await world.AttributesAsync(id));
        Assert.Equal($$"""{"user_id":{{id}},"fields":["nickname","attributes.hobbies"]}""", (await world.EventsAsync(id))[^1].Payload);

        // Required since: asked for by a write of attributes, and by no other.
        await world.SchemaAsync(City with { Required = true }, Hobbies);
        World.Done(await editor.SaveAsync(admin, here, id, new("ming"), version + 1));
        var missing = (await editor.SaveAsync(admin, here, id, new("ming"), version + 2, new Dictionary<string, string?> { ["hobbies"] = "" })).Fault;
        Assert.Equal((FaultKind.Missing, "city"), (missing?.Kind, missing?.Field));
        World.Done(await editor.SaveAsync(admin, here, id, new("ming"), version + 2, new Dictionary<string, string?> { ["hobbies"] = "", ["city"] = "上海" }));
        Assert.Equal(["city=上海"], await world.AttributesAsync(id));
    }

    [Theory, BothDatabases]
    public async Task Whoever_was_merged_away_holds_no_value_against_others_and_a_disabled_user_does(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(Badge);
        var (gone, stays, disabled, li) = (await world.RegisteredAsync("13800000001"), await world.RegisteredAsync("13800000002"), await world.RegisteredAsync("13800000003"), await world.RegisteredAsync("13800000004"));
        await world.GiveAsync(gone, ("badge_no", "A1"));
        await world.GiveAsync(disabled, ("badge_no", "A2"));
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
        {
            (await db.Set<User>().SingleAsync(u => u.Id == gone)).MergedInto = stays;
            (await db.Set<User>().SingleAsync(u => u.Id == disabled)).DisabledAt = db.Now;
            db.Audit(Actor.Host, "user.updated", "user", "");
            return Outcome.Done;
        }));

        await world.GiveAsync(li, ("badge_no", "A1"));
        var changes = World.Value(world.Get<UserAttributes>().ReadTyped(world.Development.Id, new Dictionary<string, string?> { ["badge_no"] = "A2" }));
        var fault = (await world.Get<UserAttributes>().ChangeAsync(world.Development.Id, li, ProfileChange.None, changes, Actor.Host)).Fault;
        Assert.Equal((FaultKind.Taken, "badge_no"), (fault?.Kind, fault?.Field));
    }

    [Theory, BothDatabases]
    public async Task A_file_gives_attributes_and_the_export_gives_them_back(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        AttributeDefinition nickname = new() { Id = "nickname", Name = "绰号", Type = AttributeType.String }, note = new() { Id = "note", Name = "备注", Type = AttributeType.String };
        await world.SchemaAsync(City with { Required = true }, Level, Hobbies, nickname, note);
        var text = "account,nickname,CITY,level,hobbies,attributes.nickname,note\r\nli,李雷,上海,3,read;run,'=1+1,＝x\r\nhan,韩梅梅,北京,,,,\r\n";

        await ImportAsync(world, text);

        var li = await world.ReadAsync(db => db.Set<User>().Where(u => u.AccountName == "li").Select(u => u.Id).SingleAsync());
        Assert.Equal(["city=上海", "hobbies=[\"run\",\"read\"]", "level=3", "nickname==1+1", "note=＝x"], await world.AttributesAsync(li));
        Assert.Equal(["user.imported"], await world.AuditAsync(li.ToString()));
        using var to = new MemoryStream();
        World.Done(await world.Get<UserExport>().WriteAsync(world.As(Role.Operator), world.Development.Id, new(), to, default));
        var lines = Encoding.UTF8.GetString(to.ToArray()).Replace("\"", "", StringComparison.Ordinal).Split("\r\n");
        Assert.EndsWith(",merged_into,identities,registrations,city,level,hobbies,attributes.nickname,note", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",,,北京,,,,", lines[1], StringComparison.Ordinal);
        // Nothing runs in a spreadsheet, ours or East Asian.
        Assert.EndsWith(",上海,3,run;read,'=1+1,'＝x", lines[2], StringComparison.Ordinal);

        // What was written out is read in again: to the same values.
        await ImportAsync(world, "account,city,level,hobbies,attributes.nickname,note\r\nwang" + lines[2][lines[2].IndexOf(",上海", StringComparison.Ordinal)..] + "\r\n");
        var wang = await world.ReadAsync(db => db.Set<User>().Where(u => u.AccountName == "wang").Select(u => u.Id).SingleAsync());
        Assert.Equal(await world.AttributesAsync(li), await world.AttributesAsync(wang));
    }

    [Theory, BothDatabases]
    public async Task What_is_wrong_with_a_files_attributes_is_told_by_row_and_column(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City with { Required = true }, Badge, Level);
        await world.GiveAsync(await world.RegisteredAsync("13800000001"), ("badge_no", "A1"), ("city", "上海"));

        var check = await CheckAsync(world, "account,city,badge_no,level\na,上海,A1,\nb,上海,A2,10\nc,,A2,1\nd,上海,,x\ne,上海,,\n");
        Assert.Equal(
            [
                (2, "badge_no", ImportFaultKind.Taken, 0), (3, "level", ImportFaultKind.Invalid, 0), (4, "badge_no", ImportFaultKind.TwiceInFile, 3), (4, "city", ImportFaultKind.Missing, 0),
                (5, "level", ImportFaultKind.Invalid, 0),
            ],
            check.Faults.OrderBy(f => f.Line).ThenBy(f => f.Column, StringComparer.Ordinal).Select(f => (f.Line, f.Column, f.Kind, f.Other)));
        Assert.Contains("0 至 9", check.Faults.First(f => f.Column == "level").Allowed, StringComparison.Ordinal);
        Assert.Equal([new(1, "city", ImportFaultKind.NoColumn)], (await CheckAsync(world, "account\na\n")).Faults);
        Assert.Equal([new(1, "colour", ImportFaultKind.UnknownColumn)], (await CheckAsync(world, "account,city,colour\na,上海,red\n")).Faults);
    }

    [Theory, BothDatabases]
    public async Task A_schema_that_changes_between_check_and_import_stops_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City);
        var check = await CheckAsync(world, "account,city\na,上海\nb,一二三四\n");
        Assert.Equal(0, check.FaultCount);
        await world.SchemaAsync(City with { MaxLength = 3 });

        var import = await RunAsync(world, check);
        Assert.Equal((ImportState.Failed, 3, "city"), (import.State, import.FaultLine, import.FaultColumn));
        Assert.Equal(0, await world.CountAsync());

        // A column that is gone takes the header with it: nobody is made, and it does not pass for done.
        await world.SchemaAsync(City);
        check = await CheckAsync(world, "account,city\na,上海\n");
        await world.SchemaAsync();
        Assert.Equal(ImportState.Failed, (await RunAsync(world, check)).State);
    }

    [Theory, BothDatabases]
    public async Task A_value_that_came_meanwhile_stops_an_import_and_what_it_made_goes(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(Badge);
        var check = await CheckAsync(world, "account,badge_no\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"a{i},B{i}\n")));
        var other = await world.RegisteredAsync("13800000001");
        await world.GiveAsync(other, ("badge_no", "B55"));

        var import = await RunAsync(world, check);

        Assert.Equal((ImportState.Failed, 57, "badge_no"), (import.State, import.FaultLine, import.FaultColumn));
        Assert.Equal(1, await world.ReadAsync(db => db.Set<UserAttribute>().CountAsync()));
    }

    [Fact]
    public async Task The_template_names_every_attribute_and_is_in_order()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        AttributeDefinition[] schema = [City, new() { Id = "gender", Name = "性别", Type = AttributeType.String }];
        await world.SchemaAsync(schema);
        var text = Encoding.UTF8.GetString(ImportFile.Decode(ImportTemplate.Of(schema)));
        Assert.StartsWith("account,phone,phone_zone,email,nickname,gender,source,issuer,open_id,city,attributes.gender\r\n", text, StringComparison.Ordinal);
        Assert.Equal(0, (await CheckAsync(world, text)).FaultCount);
    }

    [Theory, BothDatabases]
    public async Task An_erasure_leaves_none_of_a_persons_values(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City, Badge);
        var li = await world.RegisteredAsync("13800000001");
        await world.GiveAsync(li, ("city", "不可寻的城"), ("badge_no", "unfindable"));
        Assert.Contains("unfindable", await world.EverythingAsync(), StringComparison.Ordinal);

        World.Done(await world.Get<UserEraser>().EraseAsync(world.As(Role.Owner), world.Development.Id, li));

        var left = await world.EverythingAsync();
        Assert.DoesNotContain("unfindable", left, StringComparison.Ordinal);
        Assert.DoesNotContain("不可寻的城", left, StringComparison.Ordinal);
        Assert.Equal(0, await world.ReadAsync(db => db.Set<UserAttribute>().CountAsync()));
    }

    private static async Task<ImportCheck> CheckAsync(World world, string text) => World.Value(
        await world.Get<UserImports>().CheckAsync(world.As(Role.Manager), world.Development.Id, "users.csv", Encoding.UTF8.GetBytes(text), default));

    private static async Task ImportAsync(World world, string text)
    {
        var check = await CheckAsync(world, text);
        Assert.True(check.FaultCount == 0, string.Join('\n', check.Faults));
        Assert.Equal(ImportState.Done, (await RunAsync(world, check)).State);
    }

    private static async Task<UserImport> RunAsync(World world, ImportCheck check)
    {
        World.Value(await world.Get<UserImports>().StartAsync(world.As(Role.Manager), world.Development.Id, check));
        for (var tries = 0; tries < 600; tries++)
        {
            if (World.Value(await world.Get<UserImports>().LastAsync(world.As(Role.Manager), world.Development.Id)) is [{ FinishedAt: not null } import])
            {
                return import;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The import did not end.");
    }
}
