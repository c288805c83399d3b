using FederationConsole.Features.Attributes;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class SeedsTests
{
    [Fact]
    public void The_demo_project_reads_clean_and_lets_a_newcomer_sign_in()
    {
        var project = Assert.Single(Example.Accepted(File.ReadAllText(Example.InRepository("seeds/demo.json"))).File.Projects!);
        var sources = project.Environments!.Development!.Sources!;
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 12, 13], sources.Select(s => s.Source).Order());
        Assert.All(sources, s => Assert.True(s.Enabled));
        Assert.Empty(project.Environments.Production!.Sources!);
        Assert.Equal([("shop", true), ("crm", false)], project.Apps!.Select(a => (a.Code, a.ServiceEnabled!.Value)));
        Assert.All(project.Apps!, a => Assert.False(a.Credentials!.Production!.AppSecret!.IsAsItIs));
    }

    [Fact]
    public void The_library_has_what_seed_000_asks_of_an_account()
    {
        Assert.True(Example.Library.All.Count >= 30);
        string[] asked = ["first_name", "middle_name", "last_name", "nickname", "job_number", "gender", "id_image", "language", "department", "birthday", "prefix", "avatar_url", "company", "country", "english_name", "position", "id_type", "id_number"];
        Assert.All(asked, id => Assert.NotNull(Example.Library.Find(id)));
        Assert.Equal(["0", "1", "2"], Codes("gender"));
        Assert.Equal("0,1,2,4,8,16,32,64,128,256,512,1024,2048,4096,8192,16384", string.Join(',', Codes("id_type")));
        Assert.All(Example.Library.All, a => Assert.Equal(a.Type is AttributeType.Enum or AttributeType.MultiEnum, a.Options.Count > 0));

        static IEnumerable<string> Codes(string id) => Example.Library.Find(id)!.Options.Select(o => o.Code);
    }

    [Fact]
    public void A_broken_library_stops_the_start_with_every_fault()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, """{ "attributes": [{ "id": "email", "name": "x", "type": "string" }, { "id": "a", "name": "x", "type": "enum" }] }""");
        try
        {
            var thrown = Assert.Throws<InvalidDataException>(() => AttributeLibrary.Load(path));
            Assert.Contains("$.attributes[0].id", thrown.Message, StringComparison.Ordinal);
            Assert.Contains("$.attributes[1].options", thrown.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
