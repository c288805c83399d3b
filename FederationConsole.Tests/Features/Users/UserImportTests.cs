using System.Globalization;
using System.Text;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Users;
using FederationConsole.Features.Users.Imports;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Users;

public sealed class UserImportTests
{
    [Theory, BothDatabases]
    public async Task A_good_file_makes_all_its_users_who_then_sign_in(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var check = await CheckAsync(world, "Phone,nickname,gender,source,open_id\r\n13838383388,小明,男,,\r\n'13900000000,\"雷, 李\",2,10,third\r\n");
        Assert.Equal((2, 0), (check.Rows, check.FaultCount));

        var import = await RunAsync(world, check);

        Assert.Equal((ImportState.Done, 2), (import.State, import.Done));
        var users = await world.ReadAsync(db => db.Set<User>().OrderBy(u => u.Id).ToListAsync());
        Assert.Equal([("+8613838383388", "小明", 1, 0), ("+8613900000000", "雷, 李", 2, 10)], users.Select(u => (u.Phone!, u.Nickname!, u.Gender, u.Origin)));
        Assert.Equal(users[1].Id.Value, (await world.LoginAsync("third", """{"nickname":"雷, 李"}""")).UserId);
        Assert.Equal([("user.created", $$"""{"user_id":{{users[0].Id}},"source":0}""")], await world.EventsAsync(users[0].Id));
        Assert.Equal(["user.imported"], await world.AuditAsync(users[0].Id.ToString()));
        Assert.Equal(0, await world.ReadAsync(db => db.Set<UserImportFile>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task Every_fault_is_told_by_line_and_column_and_nothing_can_be_started(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.RegisteredAsync("13838383388");
        await world.LoginAsync("third");
        var check = await CheckAsync(world, string.Join("\n",
            "account,phone,email,gender,source,open_id",
            "li,123,,,,",
            ",13838383388,,,,",
            "li,,a@example.com,,,",
            "li,,A@EXAMPLE.com,,,",
            ",,,,10,third",
            ",,,,4,open",
            ",,nomail,9,77,x",
            "\"\",,,,,",
            "a,,,,,,too many"));

        Assert.Equal(
            [
                new(2, "phone", ImportFaultKind.Invalid), new(3, "phone", ImportFaultKind.Taken), new(4, "account", ImportFaultKind.TwiceInFile, 2),
                new(5, "account", ImportFaultKind.TwiceInFile, 2), new(5, "email", ImportFaultKind.TwiceInFile, 4), new(6, "open_id", ImportFaultKind.Taken), new(7, "issuer", ImportFaultKind.Missing),
                new(8, "email", ImportFaultKind.Invalid), new(8, "gender", ImportFaultKind.Invalid), new(8, "source", ImportFaultKind.Invalid),
                new(9, "", ImportFaultKind.Nobody), new ImportFault(10, "", ImportFaultKind.Malformed),
            ],
            check.Faults);
        Assert.Equal(FaultKind.Invalid, (await world.Get<UserImports>().StartAsync(world.As(Role.Manager), world.Development.Id, check)).Fault?.Kind);
        Assert.Equal(2, await world.CountAsync());
    }

    [Theory]
    [InlineData("phone,nick\n13838383388,x", 1, "nick", ImportFaultKind.UnknownColumn)]
    [InlineData("phone,phone\n13838383388,x", 1, "phone", ImportFaultKind.DuplicateColumn)]
    [InlineData("nickname\nx", 1, "", ImportFaultKind.NoColumns)]
    [InlineData("phone\n", 0, "", ImportFaultKind.NoRows)]
    [InlineData("", 1, "", ImportFaultKind.NoColumns)]
    public async Task A_file_that_is_none_is_told_as_a_whole(string text, int line, string column, ImportFaultKind kind)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        Assert.Equal(new ImportFault(line, column, kind), (await CheckAsync(world, text)).Faults[0]);
    }

    [Fact]
    public void A_file_of_a_Chinese_Excel_is_read_and_the_template_is_in_order()
    {
        var faults = new List<ImportFault>();
        var chinese = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("account,nickname\nli,李雷");
        Assert.Equal("李雷", Assert.Single(ImportFile.Read(ImportFile.Decode(chinese), _ => "", [], faults)).Fields.Nickname);
        Assert.Equal(2, ImportFile.Read(ImportFile.Decode(ImportTemplate.Of([])), _ => "", [], faults).Count());
        Assert.Empty(faults);
    }

    [Fact]
    public void More_rows_than_allowed_are_a_fault()
    {
        var faults = new List<ImportFault>();
        var text = "account\n" + string.Concat(Enumerable.Range(0, ImportFile.MaxRows + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i}\n")));
        Assert.Equal(ImportFile.MaxRows, ImportFile.Read(Encoding.UTF8.GetBytes(text), _ => "", [], faults).Count());
        Assert.Equal([new(0, "", ImportFaultKind.TooManyRows)], faults);
    }

    [Theory, BothDatabases]
    public async Task Somebody_who_came_meanwhile_stops_it_and_nobody_of_it_stays(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var check = await CheckAsync(world, Accounts(120));
        // In the third batch, so that two have been made and must go again.
        World.Value(await world.Get<UserEditor>().CreateAsync(Actor.Host, world.Development.Id, new("a110"), null));

        var import = await RunAsync(world, check);

        Assert.Equal((ImportState.Failed, 0, 112, "account"), (import.State, import.Done, import.FaultLine, import.FaultColumn));
        Assert.Equal(1, await world.CountAsync());
        Assert.Equal(0, await world.ReadAsync(db => db.Set<ImportedUser>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_cancelled_one_takes_back_whom_it_made_and_ends(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (imports, admin) = (world.Get<UserImports>(), world.As(Role.Manager));
        var id = World.Value(await imports.StartAsync(admin, world.Development.Id, await CheckAsync(world, Accounts(2000))));
        await UntilAsync(world, import => import.Done > 0);
        World.Done(await imports.CancelAsync(admin, world.Development.Id, id));

        var import = await UntilAsync(world, import => import.FinishedAt is not null);
        Assert.Equal((ImportState.Cancelled, 0), (import.State, import.Done));
        Assert.Equal(0, await world.CountAsync());
        Assert.Equal(FaultKind.NotAllowedNow, (await imports.CancelAsync(admin, world.Development.Id, id)).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task One_whose_node_died_is_taken_over_where_it_stopped(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var content = Encoding.UTF8.GetBytes(Accounts(60));
        World.Done(await world.Get<FederationConsole.Data.Store>().WriteAsync(world.Development.Scope, db =>
        {
            // As a node that died after its first step leaves it; of that step only the count matters here.
            var import = new UserImport
            {
                Id = db.NextId(), FileName = "users.csv", State = ImportState.Running, Total = 60, Done = 50, ActorId = "7", ActorName = "Test", StartedAt = db.Now, TouchedAt = db.Now,
            };
            db.Add(import);
            db.Add(new UserImportFile { ImportId = import.Id, Content = content });
            return Task.FromResult(Outcome.Done);
        }));

        var import = await UntilAsync(world, import =>
        {
            world.Host.Time.Advance(TimeSpan.FromSeconds(31));
            return import.FinishedAt is not null;
        });

        Assert.Equal((ImportState.Done, 60), (import.State, import.Done));
        Assert.Equal(10, await world.CountAsync());
    }

    [Theory, BothDatabases]
    public async Task Only_a_manager_imports_and_one_at_a_time(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var imports = world.Get<UserImports>();
        var check = await CheckAsync(world, Accounts(1000));
        Assert.Equal(FaultKind.Forbidden, (await imports.CheckAsync(world.As(Role.Operator), world.Development.Id, "x.csv", [], default)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await imports.StartAsync(world.As(Role.Operator), world.Development.Id, check)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await imports.LastAsync(world.As(Role.Operator), world.Development.Id)).Fault?.Kind);

        var started = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => imports.StartAsync(world.As(Role.Manager), world.Development.Id, check)));
        Assert.Equal([FaultKind.NotAllowedNow], started.Where(s => !s.Ok).Select(s => s.Fault!.Kind));
        var id = started.Single(s => s.Ok).Value;
        Assert.Equal(FaultKind.Forbidden, (await imports.CancelAsync(world.As(Role.Operator), world.Development.Id, id)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await imports.CancelAsync(world.As(Role.Manager), world.Production.Id, id)).Fault?.Kind);
    }

    private static string Accounts(int count) =>
        "account\n" + string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i}\n")));

    private static async Task<ImportCheck> CheckAsync(World world, string text) => World.Value(
        await world.Get<UserImports>().CheckAsync(world.As(Role.Manager), world.Development.Id, "users.csv", Encoding.UTF8.GetBytes(text), default));

    private static async Task<UserImport> RunAsync(World world, ImportCheck check)
    {
        World.Value(await world.Get<UserImports>().StartAsync(world.As(Role.Manager), world.Development.Id, check));
        return await UntilAsync(world, import => import.FinishedAt is not null);
    }

    private static async Task<UserImport> UntilAsync(World world, Func<UserImport, bool> holds)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var last = World.Value(await world.Get<UserImports>().LastAsync(world.As(Role.Manager), world.Development.Id));
            if (last is [var import] && holds(import))
            {
                return import;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The import did not get there.");
    }
}
