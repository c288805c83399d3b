// A small house with one fault of each kind, which HouseTests expects the checker to find; and what is allowed, beside it.
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Tests.Architecture.Sample.Platform
{
    internal sealed class Plain;

    internal sealed class KnowsData
    {
        internal static readonly Data.ConsoleDb Field = new();
    }
}

namespace FederationConsole.Tests.Architecture.Sample.Data
{
    internal sealed class ConsoleDb
    {
        public Platform.Plain? Allowed { get; set; }

        public Task<int> CountAsync() => Task.FromResult(0);
    }

    internal sealed class KnowsFeature(IReadOnlyList<Features.Accounts.User[]> users)
    {
        public int Count => users.Count;
    }
}

namespace FederationConsole.Tests.Architecture.Sample.Features.Projects
{
    internal sealed class Project
    {
        public const string Name = "project";
    }

    internal sealed class UsesUnlistedFeatureInAsyncLambda
    {
        public static Func<Task<string?>> Make() => async () =>
        {
            await Task.Yield();
            return new Accounts.User() is { Allowed: null } ? "" : null;
        };
    }

    internal sealed class KnowsFaceByAttribute
    {
        [System.ComponentModel.TypeConverter(typeof(Faces.Iot.Reply))]
        public string? Text { get; set; }
    }

    internal sealed class ServiceUsesShell
    {
        public static Type Find() => typeof(Shell.Layout);
    }
}

namespace FederationConsole.Tests.Architecture.Sample.Features.Accounts
{
    internal sealed class User
    {
        public Data.ConsoleDb? Allowed { get; set; }

        public Projects.Project? AlsoAllowed { get; set; }
    }

    internal sealed class Page : ComponentBase
    {
        public Shell.Layout? Allowed { get; set; }
    }

    internal sealed class PageUsesDatabase : ComponentBase
    {
        protected override async Task OnInitializedAsync() => await Task.WhenAll(new[] { 1 }.Select(_ => new Data.ConsoleDb().CountAsync()));
    }

    internal sealed class PageUsesHttp : ComponentBase
    {
        [Inject]
        public IHttpClientFactory? Clients { get; set; }

        public void Call() => Clients?.CreateClient("").Dispose();
    }
}

namespace FederationConsole.Tests.Architecture.Sample.Features.Forgotten
{
    internal sealed class NotInTheList;
}

namespace FederationConsole.Tests.Architecture.Sample.Faces
{
    internal sealed class Envelope;
}

namespace FederationConsole.Tests.Architecture.Sample.Faces.Iot
{
    internal sealed class Reply
    {
        public Envelope? Allowed { get; set; }

        public Features.Accounts.User? AlsoAllowed { get; set; }
    }

    internal sealed class KnowsData
    {
        public static Task<int> Count() => new Data.ConsoleDb().CountAsync();
    }

    internal sealed class KnowsOtherFace : List<Scan.Reply>;

    internal sealed class KnowsComponent
    {
        public static bool Is(object page) => page is Features.Accounts.Page;
    }
}

namespace FederationConsole.Tests.Architecture.Sample.Faces.Scan
{
    internal sealed class Reply;
}

namespace FederationConsole.Tests.Architecture.Sample.Shell
{
    internal sealed class Layout : ComponentBase
    {
        public Features.Projects.Project? Allowed { get; set; }
    }

    internal sealed class KnowsFace
    {
        public static void Use() => GC.KeepAlive(new Faces.Iot.Reply());
    }
}

namespace FederationConsole.Tests.Architecture.Sample.Utils
{
    internal sealed class Junk;
}
