using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>What was published to production, and what waits for another administrator's approval.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000007_Promotion")]
internal sealed class Promotion : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<bool>("PromotionNeedsApproval", "Projects", nullable: false, defaultValue: false);

        migrationBuilder.CreateTable(
            name: "PublishedVersions",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: false),
                Number = table.Column<int>(nullable: false),
                At = table.Column<long>(nullable: false),
                ById = table.Column<string>(maxLength: 64, nullable: false),
                ByName = table.Column<string>(maxLength: 128, nullable: false),
                ApprovedById = table.Column<string>(maxLength: 64, nullable: true),
                ApprovedByName = table.Column<string>(maxLength: 128, nullable: true),
                Comment = table.Column<string>(maxLength: 500, nullable: false),
                Content = table.Column<string>(nullable: false),
                Difference = table.Column<string>(nullable: false),
                RolledBackFrom = table.Column<int>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PublishedVersions", row => row.Id);
                table.ForeignKey("FK_PublishedVersions_Projects_ProjectId", row => row.ProjectId, "Projects", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_PublishedVersions_ProjectId_Number", "PublishedVersions", ["ProjectId", "Number"], unique: true);

        migrationBuilder.CreateTable(
            name: "PromotionRequests",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                ById = table.Column<string>(maxLength: 64, nullable: false),
                ByName = table.Column<string>(maxLength: 128, nullable: false),
                Comment = table.Column<string>(maxLength: 500, nullable: false),
                Number = table.Column<int>(nullable: false),
                Before = table.Column<string>(nullable: false),
                Content = table.Column<string>(nullable: false),
                Difference = table.Column<string>(nullable: false),
                RolledBackFrom = table.Column<int>(nullable: true),
                State = table.Column<int>(nullable: false),
                Moved = table.Column<int>(nullable: true),
                DecidedByName = table.Column<string>(maxLength: 128, nullable: true),
                DecidedAt = table.Column<long>(nullable: true),
                Answer = table.Column<string>(maxLength: 500, nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PromotionRequests", row => row.Id);
                table.ForeignKey("FK_PromotionRequests_Projects_ProjectId", row => row.ProjectId, "Projects", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_PromotionRequests_ProjectId_Id", "PromotionRequests", ["ProjectId", "Id"]);
        migrationBuilder.CreateIndex("IX_PromotionRequests_Pending", "PromotionRequests", "ProjectId", unique: true, filter: "\"State\" = 1");
    }
}
