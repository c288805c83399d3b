using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, part 5: every error code that a clause lists comes there, or there is a reason why it cannot.</summary>
public sealed class SeedCodeTests
{
    [Theory, BothDatabases]
    public async Task Each_listed_code_comes_or_cannot(DatabaseKind database)
    {
        await using var seed = await SeedWorld.CreateAsync(database);
        await using var apple = await Upstream.StartAsync<AppleParty>();
        var codes = new SeedCodes(seed, apple);
        var listed =
            from clause in SeedClause.All
            from code in clause.Codes.Distinct()
            where SeedCodes.Impossible(clause, code) is null
            orderby SeedCodes.Order(code)
            select (clause, code);
        foreach (var (clause, code) in listed.ToArray())
        {
            var answer = await codes.ProduceAsync(clause, code);
            Assert.True(answer.Code == code && (int)answer.Status == code / 10_000, $"{clause.Clause} {code}: {answer.Text}");
            Assert.NotEmpty(answer.Message);
        }

        Assert.DoesNotContain(seed.World.Host.Log.Lines, line => line.Contains("A call of the face", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_come_is_said_of_few()
    {
        var impossible = SeedClause.All.SelectMany(c => c.Codes.Distinct().Select(code => (c.Clause, Code: code, Why: SeedCodes.Impossible(c, code)))).Where(i => i.Why is not null);
        Assert.Equal(
            [4001003, 4001004, 4031001, 4031002, 4031003, 4031024, 4041010, 5031001],
            impossible.Select(i => i.Code).Distinct().Order());
    }
}
